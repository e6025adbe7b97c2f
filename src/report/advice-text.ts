/** `refit advise` on a terminal: a table of base images, the most shared first, with what is known below each. */
import pc from "picocolors";
import { type Support, titleOf } from "../bases/index.ts";
import type { Advice, AdvisedBase, BaseUse } from "./advice.ts";
import { count } from "./amounts.ts";
import type { Colours } from "./colours.ts";
import { type Row, table } from "./rows.ts";

export interface AdviceStyle {
  readonly colour: boolean;
  /** Columns that a line may take; names of images are never cut. */
  readonly width: number;
}

/** `  files  stages  pinned    `. */
const front = 27;

/** What stands below a base is set in by two more; a label takes twelve. */
const indent = front + 2;
const label = 12;

/** Below this many columns there is one word a line. */
const narrowest = 60;

/** Days before the end from which on it is told. */
const soon = 183;

export function adviceText(advice: Advice, { colour, width }: AdviceStyle): string {
  const colours = pc.createColors(colour);
  const { today, dockerfiles, bases, unresolved } = advice;
  const columns = Math.max(width, narrowest);
  const images = count(bases.length, "base image");
  const lines = [
    colours.bold(`${images} in ${count(dockerfiles, "Dockerfile")}, as of ${today}`),
    "",
    ...(bases.length > 0 ? [colours.dim(line("files", "stages", "pinned", "base"))] : []),
    ...bases.flatMap((base) => baseLines(base, today, columns, colours)),
    ...(bases.length > 0 ? [""] : []),
    ...unresolvedLines(unresolved, columns, colours),
    ...(bases.length > 0 ? wrapped(summary(advice), columns - 2).map((each) => `  ${each}`) : []),
    ...legend(advice, columns).map((each) => colours.dim(`  ${each}`)),
  ];
  return `${lines.map((each) => each.trimEnd()).join("\n")}\n`;
}

function line(files: string, stages: string, pinned: string, base: string): string {
  return `  ${files.padStart(5)}  ${stages.padStart(6)}  ${pinned.padEnd(8)}  ${base}`;
}

function baseLines(base: AdvisedBase, today: string, columns: number, colours: Colours): readonly string[] {
  const { reference, pinning, dockerfiles, uses } = base;
  const shown = reference.replace(/(@[a-z0-9]+:[0-9a-f]{12})[0-9a-f]+$/, "$1…");
  const head = line(`${dockerfiles}`, `${uses.length}`, pinning, colours.bold(shown));
  const rows = [...supportRows(base, today), ...deprecationRows(base), ...smallerRows(base)];
  const paint: Readonly<Record<string, (text: string) => string>> = {
    "end of life": colours.red,
    "ends soon": colours.yellow,
    "LTS alone": colours.yellow,
    deprecated: colours.yellow,
    smaller: colours.green,
    "to run": colours.green,
  };
  const laid: Row[] = rows.map(([name, texts]) => [
    name,
    texts.flatMap((text) => wrapped(text, columns - indent - label).map((each, at) => (at === 0 ? each : `  ${each}`))),
  ]);
  const painted = table(laid, indent).map((each) => {
    const name = each.slice(indent, indent + label).trimEnd();
    const colour = paint[name];
    return colour ? each.replace(name, colour(name)) : each;
  });
  return [head, ...painted];
}

function supportRows({ support }: AdvisedBase, today: string): readonly Row[] {
  return support.flatMap((each): Row[] => {
    const { state, ends, handover } = each;
    if (state === "ended") return [["end of life", [`since ${ends}: ${nameOf(each)}`]]];
    if (state === "long-term") return [["LTS alone", [`since ${handover}, until ${ends}: ${nameOf(each)}`]]];
    return daysBetween(today, ends) <= soon ? [["ends soon", [`on ${ends}: ${nameOf(each)}`]]] : [];
  });
}

function nameOf({ product, cycle }: Support): string {
  return `${titleOf(product)} ${cycle}`;
}

function daysBetween(one: string, other: string): number {
  return (Date.parse(other) - Date.parse(one)) / 86_400_000;
}

function deprecationRows({ deprecation }: AdvisedBase): readonly Row[] {
  if (!deprecation) return [];
  const { since, successors } = deprecation;
  const last = successors.at(-1);
  const list = successors.length > 1 ? `${successors.slice(0, -1).join(", ")} or ${last}` : last;
  return [["deprecated", [`since ${since}${list === undefined ? "" : `; take ${list}`}`]]];
}

function smallerRows({ smaller }: AdvisedBase): readonly Row[] {
  return smaller.map(({ reference, kind, note }) => [
    kind === "slim" ? "smaller" : "to run",
    [`${reference}: ${note}`],
  ]);
}

function unresolvedLines(unresolved: readonly BaseUse[], columns: number, { dim }: Colours): readonly string[] {
  if (unresolved.length === 0) return [];
  const shown = unresolved.slice(0, 5).map(({ path, line: at, written }) => `${path}:${at}: FROM ${written}`);
  const more = unresolved.length - shown.length;
  return [
    ...wrapped(`Without a build nobody can tell the image of ${count(unresolved.length, "stage")}:`, columns - 2),
    ...shown.map((each) => dim(`  ${each}`)),
    ...(more > 0 ? [dim(`  … and ${more} more`)] : []),
    "",
  ].map((each) => (each === "" ? each : `  ${each}`));
}

function summary({ bases }: Advice): string {
  const numbers = [
    ["past their end of life", bases.filter(({ support }) => support.some(({ state }) => state === "ended")).length],
    ["deprecated", bases.filter(({ deprecation }) => deprecation !== undefined).length],
    ["without a digest", bases.filter(({ pinning }) => pinning !== "digest").length],
    ["with a smaller variant", bases.filter(({ smaller }) => smaller.some(({ kind }) => kind === "slim")).length],
    ["not known to refit", bases.filter(({ known, deprecation }) => !known && !deprecation).length],
  ] as const;
  const said = numbers.filter(([, number]) => number > 0).map(([what, number]) => `${number} ${what}`);
  return said.length === 0 ? "There is nothing to advise." : `Of these ${said.join(", ")}.`;
}

function legend({ knownOn, bases }: Advice, columns: number): readonly string[] {
  const pinnings = new Set(bases.map(({ pinning }) => pinning));
  const meanings = [
    pinnings.has("floating") ? "floating: the tag moves on to later releases" : [],
    pinnings.has("release") ? "release: the tag moves when the image is built anew" : [],
    pinnings.has("tag") ? "tag: whether it moves is not known" : [],
  ].flat();
  const texts = [
    `Dates of end of life as they were known on ${knownOn}.`,
    ...(meanings.length > 0 ? [`${meanings.join("; ")}. refit --only pin-images writes digests.`] : []),
  ];
  return texts.flatMap((text) => wrapped(text, columns - 2));
}

/** Lines of at most so many characters, broken between words. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
