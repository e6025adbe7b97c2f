/**
 * A FROM whose image ends in a variable. A digest behind the variable would win over any `--build-arg`; one inside its default is
 * replaced together with the default.
 */
import {
  type Dockerfile,
  fromView,
  type Located,
  type Pair,
  pairsView,
  type Stage,
  sliceOf,
} from "../../src/transform/index.ts";
import { type Blocked, checked, notPlain, type Pinnable, plainWord } from "./word.ts";

/** `prefix$NAME`, `prefix${NAME}`, `prefix${NAME:-fallback}`. */
const ENDS_IN_VARIABLE = /^([^$"'`\\]*)\$(?:(\w+)|\{(\w+)(?::?-([^$"'`\\}]*))?\})$/;

/** Where the digest of the image can go that `word`, the image of a FROM, stands for. */
export function throughVariable(dockerfile: Dockerfile, stages: readonly Stage[], word: Located): Pinnable | Blocked {
  const parts = partsOf(word.text);
  if (!parts) {
    const declined = `a digest behind \`${word.text}\` would override --build-arg, and a default that holds one can't stand inside it`;
    return { declined, code: "variable-inside" };
  }
  const { prefix, name, fallback } = parts;
  const declared = globalPairs(dockerfile, stages).filter((pair) => pair.name.text === name);
  if (fallback && !isGiven(name) && declared.every(({ value }) => value === undefined)) {
    if (sliceOf(dockerfile.source, word.span) !== word.text) return notPlain(word.text);
    return checked({ reference: prefix + fallback, end: word.span.end - "}".length });
  }
  const [argument, ...others] = declared;
  if (!argument?.value?.text) {
    const declined = `${name} has no default in this file, so only the build knows which image \`${word.text}\` is`;
    return { declined, code: "no-default" };
  }
  if (others.length > 0) {
    return {
      declined: `ARG ${name} is declared twice, so one of its defaults is not the image`,
      code: "arg-declared-twice",
    };
  }
  const value = plainWord(dockerfile.source, argument.value);
  if (!value) {
    return {
      declined: `the default of ARG ${name}, \`${argument.value.text}\`, is not one plain word`,
      code: "not-plain",
    };
  }
  const other = otherUse(dockerfile, stages, parts);
  if (other !== undefined) {
    return { declined: `\`${other}\` uses ${name} too, and would get the digest with it`, code: "arg-shared" };
  }
  return checked({ reference: prefix + value.text, end: value.span.end });
}

interface Parts {
  readonly prefix: string;
  readonly name: string;
  readonly fallback: string | undefined;
}

function partsOf(word: string): Parts | undefined {
  const [, prefix, bare, braced, fallback] = ENDS_IN_VARIABLE.exec(word) ?? [];
  return prefix === undefined ? undefined : { prefix, name: (bare ?? braced)!, fallback };
}

/** Set by BuildKit for every build. */
function isGiven(name: string): boolean {
  return /^(BUILD|TARGET)(PLATFORM|OS|OSVERSION|ARCH|VARIANT)$|^TARGETSTAGE$/.test(name);
}

function globalPairs({ instructions }: Dockerfile, [first]: readonly Stage[]): Pair[] {
  return instructions.slice(0, first && instructions.indexOf(first.from)).flatMap(pairsView);
}

/** A use of the argument in which it is not the end of this image's reference. */
function otherUse(dockerfile: Dockerfile, stages: readonly Stage[], { prefix, name }: Parts): string | undefined {
  const mention = new RegExp(`\\$\\{?${name}(?!\\w)`);
  for (const { value } of globalPairs(dockerfile, stages)) if (value && mention.test(value.text)) return value.text;
  for (const { from, steps } of stages) {
    const view = fromView(from);
    if (mention.test(view?.platform ?? "")) return `--platform=${view?.platform}`;
    const image = view?.image.text ?? "";
    const parts = partsOf(image);
    if (mention.test(image) && (parts?.prefix !== prefix || parts.name !== name)) return `FROM ${image}`;
    // With a default of its own an ARG in a stage takes nothing from the one above.
    const inherits = (pair: Pair) => pair.name.text === name && pair.value === undefined;
    for (const { instruction } of steps) {
      if (pairsView(instruction.trigger ?? instruction).some(inherits)) return `ARG ${name}`;
    }
  }
  return undefined;
}
