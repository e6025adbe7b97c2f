/**
 * What of a text stays the same from run to run: several runs of one program say the same but for times, ids and the like. Texts are
 * aligned line by line, lines piece by piece, pieces word by word, and where samples of them differ there is a gap.
 */

/** A text whose samples are all the same, or its parts: as many as `head`, or `head`, a gap and `tail`. */
type Pattern =
  | { readonly sample: string; readonly level?: never }
  | {
      readonly sample: string;
      readonly level: Level;
      readonly head: readonly Pattern[];
      readonly gap: Gap | undefined;
      readonly tail: readonly Pattern[];
    };

interface Gap {
  /** What the first sample has there. */
  readonly sample: string;
  /** Every sample has something there. */
  readonly filled: boolean;
}

interface Level {
  readonly split: (text: string) => readonly string[];
  /** Whether two parts are versions of one another. */
  readonly alike: (one: string, other: string) => boolean;
  /** Parts are compared one by one where all samples have equally many. */
  readonly counted: boolean;
  readonly inner?: Level;
}

const equal = (one: string, other: string) => one === other;

const WORDS: Level = { split: splitter(/[\p{L}\p{N}_]+|./gsu), alike: equal, counted: false };
/** An id in base64 and a time with a zone are one piece, of however many words they are. */
const PIECES: Level = { split: splitter(/[^\s"'`<>()[\]{},;]+|\s+|./gs), alike: equal, counted: true, inner: WORDS };
const LINES: Level = { split: splitter(/[^\n]*\n|[^\n]+/g), alike: alikeLines, counted: true, inner: PIECES };

function splitter(part: RegExp): (text: string) => readonly string[] {
  return (text) => text.match(part) ?? [];
}

/** The same but for words with digits. */
function alikeLines(one: string, other: string): boolean {
  const shape = (line: string) => line.replace(/[\p{L}_]*\p{N}[\p{L}\p{N}_]*/gu, "0");
  return shape(one) === shape(other);
}

export class Steady {
  /** The first sample. */
  readonly sample: string;
  readonly #pattern: Pattern;

  /** At least one sample. */
  constructor(samples: readonly string[]) {
    this.#pattern = patternOf(samples, LINES);
    this.sample = this.#pattern.sample;
  }

  /** `text` with what stands in gaps replaced by what the first sample has there. */
  settle(text: string): string {
    return settle(this.#pattern, text);
  }

  fits(text: string): boolean {
    return this.settle(text) === this.sample;
  }

  /** What the first sample has in the gaps. */
  gaps(): readonly string[] {
    return gapsOf(this.#pattern);
  }
}

function patternOf(samples: readonly string[], level: Level): Pattern {
  const [sample = ""] = samples;
  if (samples.every((other) => other === sample)) return { sample };
  const split = samples.map((text) => level.split(text));
  const lengths = split.map(({ length }) => length);
  const least = Math.min(...lengths);
  const column = (at: number) => split.map((parts) => parts.at(at)!);
  const inside = (at: number): Pattern => {
    const texts = column(at);
    // Words that vary are in the gap; those at its sides are equal.
    return level.inner ? patternOf(texts, level.inner) : { sample: texts[0]! };
  };
  if (level.counted && lengths.every((length) => length === least)) {
    return { sample, level, head: range(least).map(inside), gap: undefined, tail: [] };
  }
  const alike = (at: number) => {
    const [first, ...others] = column(at);
    return others.every((other) => level.alike(first!, other));
  };
  const head = range(least).findIndex((at) => !alike(at));
  const before = head === -1 ? least : head;
  const room = least - before;
  const tail = range(room).findIndex((at) => !alike(-1 - at));
  const after = tail === -1 ? room : tail;
  return {
    sample,
    level,
    head: range(before).map(inside),
    gap: { sample: split[0]!.slice(before, lengths[0]! - after).join(""), filled: least > before + after },
    tail: range(after).map((at) => inside(at - after)),
  };
}

function settle(pattern: Pattern, text: string): string {
  if (pattern.level === undefined) return text;
  const { level, head, gap, tail } = pattern;
  const parts = level.split(text);
  const room = parts.length - head.length - tail.length;
  if (gap ? room < (gap.filled ? 1 : 0) : room !== 0) return text;
  return [
    ...head.map((part, at) => settle(part, parts[at]!)),
    gap?.sample ?? "",
    ...tail.map((part, at) => settle(part, parts[head.length + room + at]!)),
  ].join("");
}

function gapsOf(pattern: Pattern): readonly string[] {
  if (pattern.level === undefined) return [];
  const { head, gap, tail } = pattern;
  return [...head.flatMap(gapsOf), ...(gap ? [gap.sample] : []), ...tail.flatMap(gapsOf)];
}

function range(length: number): number[] {
  return Array.from({ length }, (_, at) => at);
}
