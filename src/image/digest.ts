/** Symbolic values: what the model does not know is a digest of everything that decides it. */

/** A 52-bit hash: sums of two stay exact in a double. */
export type Digest = number;

const MODULUS = 2 ** 52;

/** Hashes a list of parts; `["ab"]` and `["a", "b"]` differ. */
export function digest(...parts: readonly (string | number | undefined)[]): Digest {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  // Numbers by their lower and upper half, texts by their length and their units, each behind a mark of what it is.
  for (const part of parts) {
    const isText = typeof part === "string";
    const isNumber = typeof part === "number";
    const mark = isText ? 0x10001 + part.length : isNumber ? 0x20002 : 0x20001;
    const count = isText ? part.length : isNumber ? 2 : 0;
    for (let at = -1; at < count; at++) {
      const unit =
        at < 0
          ? mark
          : isText
            ? part.charCodeAt(at)
            : at === 0
              ? (part as number) >>> 0
              : Math.floor((part as number) / 2 ** 32);
      high = Math.imul(high ^ unit, 2654435761);
      low = Math.imul(low ^ unit, 1597334677);
      low ^= low >>> 15;
    }
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (low & 0xfffff) * 2 ** 32 + (high >>> 0);
}

/** As `digest` of two numbers, without its cost: trees call it for every step of every path. */
export function mix(one: Digest, other: Digest): Digest {
  let high = Math.imul(0x9e3779b9 ^ (one >>> 0), 2654435761);
  let low = Math.imul(0x85ebca6b ^ (other >>> 0), 1597334677);
  high = Math.imul(high ^ (high >>> 15) ^ Math.floor(one / 2 ** 32), 2246822507);
  low = Math.imul(low ^ (low >>> 13) ^ Math.floor(other / 2 ** 32), 3266489909);
  high = Math.imul(high ^ (low >>> 16), 2246822507) ^ low;
  low = Math.imul(low ^ (high >>> 13), 3266489909) ^ (high >>> 16);
  return (low & 0xfffff) * 2 ** 32 + (high >>> 0);
}

const names = new Map<string, Digest>();

/** `digest` of a file's name; few names come up again and again. */
export function nameDigest(name: string): Digest {
  const known = names.get(name);
  if (known !== undefined) return known;
  if (names.size > 20_000) names.clear();
  const made = digest("name", name);
  names.set(name, made);
  return made;
}

/** Sums make digests of sets: the order of members does not matter, and one member changes in constant time. */
export function plus(sum: Digest, part: Digest): Digest {
  return (sum + part) % MODULUS;
}

export function minus(sum: Digest, part: Digest): Digest {
  return (sum - part + MODULUS) % MODULUS;
}

/**
 * A text that may hold unknown parts. An unknown part is a digest between two private-use characters, so that texts are joined and
 * compared like any strings.
 */
export type Text = string;

const OPEN = "\uE000";
const CLOSE = "\uE001";

/** A text of which nothing is known but what decides it. */
export function unknownText(...parts: readonly (string | number | undefined)[]): Text {
  return `${OPEN}${digest(...parts).toString(36)}${CLOSE}`;
}

export function isKnown(text: Text): boolean {
  return !text.includes(OPEN);
}

export function endsUnknown(text: Text): boolean {
  return text.endsWith(CLOSE);
}

/** For people: unknown parts as `…`. */
export function readable(text: Text): string {
  return text.replace(/\uE000[^\uE001]*\uE001/g, "…");
}
