/** Tar archives in the ustar format (POSIX.1-2001, pax, "ustar Interchange Format"). */

export interface TarEntry {
  /** Relative to where it is unpacked, without a slash at either end; at most 100 bytes. */
  readonly path: string;
  readonly mode: number;
  /** Of a file; absent for a folder. */
  readonly content?: Uint8Array | undefined;
}

const BLOCK = 512;

/** All of it belongs to root; its times are the epoch. Folders go before what they hold. */
export function* tarOf(entries: Iterable<TarEntry>): Generator<Uint8Array> {
  for (const entry of entries) {
    yield headerOf(entry);
    const { content } = entry;
    if (content === undefined) continue;
    yield content;
    yield Buffer.alloc(-content.length & (BLOCK - 1));
  }
  yield Buffer.alloc(2 * BLOCK);
}

function headerOf({ path, mode, content }: TarEntry): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, width: number) =>
    header.write(`${value.toString(8).padStart(width - 1, "0")}\0`, at);
  if (Buffer.byteLength(path) > 100) throw new RangeError(`too long for a tar header: ${path}`);
  header.write(path, 0);
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(content?.length ?? 0, 124, 12);
  octal(0, 136, 12);
  header.write(content === undefined ? "5" : "0", 156);
  header.write("ustar\0" + "00", 257);
  // The sum counts its own field as spaces.
  header.fill(" ", 148, 156);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  return header;
}
