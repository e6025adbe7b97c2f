/** Where a Dockerfile names images, and where in the file a digest for each would go. */
import {
  copyView,
  type Dockerfile,
  fromView,
  type Instruction,
  type Located,
  mountsOf,
  type Place,
  parseReference,
  type Stage,
} from "../../src/transform/index.ts";
import { throughVariable } from "./variables.ts";
import { type Blocked, checked, notPlain, type Pinnable, plainWord } from "./word.ts";

export type ImageUse = Place<Pinnable | Blocked>;

/** The images of `# syntax=`, FROM, `COPY --from` and `RUN --mount=from=` that have no digest; stages and scratch are no images. */
export function* imageUses(dockerfile: Dockerfile, stages: readonly Stage[]): Iterable<ImageUse> {
  const names = new Set(stages.map(({ name }) => name));
  for (const stage of stages) {
    yield* fromUses(dockerfile, stages, stage);
    for (const { instruction } of stage.steps) {
      for (const word of sourcesOf(instruction.trigger ?? instruction)) {
        // Any stage of the file may be meant, whatever its place, and in any case of letters; a number is a stage too.
        if (/^\d*$/.test(word.text) || word.text === "scratch" || names.has(word.text.toLowerCase())) continue;
        if (isPinned(word.text)) continue;
        const blocked = instruction.trigger ? ONBUILD : word.text.includes("$") ? NO_VARIABLE : undefined;
        yield { at: word.span, data: blocked ?? asWritten(dockerfile, word) };
      }
    }
  }
}

/** The image of `# syntax=`. */
export function* frontendUses(dockerfile: Dockerfile): Iterable<ImageUse> {
  const syntax = dockerfile.directives.find(({ name }) => name === "syntax");
  // What follows the reference are arguments for the frontend.
  const [text = ""] = syntax?.value.split(/\s/) ?? [];
  if (syntax === undefined || isPinned(text)) return;
  const { start } = syntax.valueSpan;
  const word = { text, span: { start, end: start + text.length } };
  yield { at: word.span, data: asWritten(dockerfile, word) };
}

const ONBUILD: Blocked = {
  declined: "the text of an ONBUILD is part of the image, and a digest would change it",
  code: "onbuild",
};

const NO_VARIABLE: Blocked = {
  declined: "BuildKit replaces no variables here, so this names no image",
  code: "variable-in-from-flag",
};

function* fromUses(dockerfile: Dockerfile, stages: readonly Stage[], { base, from }: Stage): Iterable<ImageUse> {
  const word = fromView(from)?.image;
  if (word === undefined || base.kind !== "image" || isPinned(base.reference ?? "")) return;
  const isLiteral = !word.text.includes("$");
  const data = isLiteral ? asWritten(dockerfile, word) : throughVariable(dockerfile, stages, word);
  if ("declined" in data || !isPinned(data.reference)) yield { at: word.span, data };
}

/** The images or stages that a COPY or RUN takes files from. */
function sourcesOf(instruction: Instruction): Located[] {
  const copied = copyView(instruction)?.from;
  const named = [
    { text: copied?.value, span: copied?.valueSpan },
    ...mountsOf(instruction).map(({ from, flag }) => ({ text: from?.value, span: from?.valueSpan ?? flag.span })),
  ];
  return named.flatMap(({ text, span }) => (text && span ? { text, span } : []));
}

function isPinned(text: string): boolean {
  return parseReference(text)?.digest !== undefined;
}

/** A reference that stands in the file as it is. */
function asWritten({ source }: Dockerfile, word: Located): Pinnable | Blocked {
  const { text, span } = plainWord(source, word) ?? {};
  return text && span ? checked({ reference: text, end: span.end }) : notPlain(word.text);
}
