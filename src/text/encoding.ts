/**
 * Bytes and text without loss: a byte that is no UTF-8 becomes the lone surrogate U+DC00 + byte (so U+DC80 to U+DCFF), as in
 * Python's "surrogateescape" (PEP 383), and comes back as that byte.
 */

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of any bytes. A byte-order mark stays in it as U+FEFF. */
export function decodeBytes(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeLossless(bytes);
  }
}

/** The bytes that `decodeBytes` made `text` of. A lone surrogate that stands for no byte becomes U+FFFD. */
export function encodeText(text: string): Uint8Array {
  const parts: Buffer[] = [];
  let at = 0;
  for (const { index } of text.matchAll(/[\udc80-\udcff]/gu)) {
    parts.push(Buffer.from(text.slice(at, index), "utf8"), Buffer.from([text.charCodeAt(index) - 0xdc00]));
    at = index + 1;
  }
  parts.push(Buffer.from(text.slice(at), "utf8"));
  return Buffer.concat(parts);
}

function decodeLossless(bytes: Uint8Array): string {
  const parts: string[] = [];
  let at = 0;
  for (let start = 0; start < bytes.length; ) {
    const length = sequenceLength(bytes, start);
    if (length === 0) {
      parts.push(strict.decode(bytes.subarray(at, start)), String.fromCharCode(0xdc00 + bytes[start]!));
      at = start + 1;
    }
    start += length || 1;
  }
  parts.push(strict.decode(bytes.subarray(at)));
  return parts.join("");
}

/** The length of the well-formed UTF-8 sequence at `start` (Unicode, table 3-7), or 0 where there is none. */
function sequenceLength(bytes: Uint8Array, start: number): number {
  const lead = bytes[start]!;
  if (lead < 0x80) return 1;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  for (let i = 1; i < length; i++) {
    const low = i > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = i > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    const byte = bytes[start + i] ?? 0;
    if (byte < low || byte > high) return 0;
  }
  return length;
}
