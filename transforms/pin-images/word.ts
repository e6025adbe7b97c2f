import { type Located, parseReference, sliceOf } from "../../src/transform/index.ts";

/** An image to which a digest can be given. */
export interface Pinnable {
  /** As written, with variables replaced. */
  readonly reference: string;
  /** The offset behind its last character, where a digest goes. */
  readonly end: number;
}

/** Why an image is left as it is. */
export interface Blocked {
  readonly declined: string;
  readonly code: string;
}

/** The word without the quotes around it; undefined where it does not stand in the file as BuildKit reads it, or holds a variable. */
export function plainWord(source: string, { text, span }: Located): Located | undefined {
  const [, quote, inner] = /^(["']?)([^$"'`\\\s]+)\1$/.exec(text) ?? [];
  if (quote === undefined || inner === undefined || sliceOf(source, span) !== text) return undefined;
  return { text: inner, span: { start: span.start + quote.length, end: span.end - quote.length } };
}

export function checked(use: Pinnable): Pinnable | Blocked {
  if (parseReference(use.reference)) return use;
  return { declined: `\`${use.reference}\` is not an image reference`, code: "not-a-reference" };
}

export function notPlain(text: string): Blocked {
  return { declined: `\`${text}\` does not stand in the file as one plain word`, code: "not-plain" };
}
