/**
 * Files with two names (hard links), which installs and builds of some package managers leave: `chown -R` in a layer of its own parts the
 * names, in the layer that made them it changes what the other name shows too (pnpm's store, cargo's target/release/deps).
 */
import { posix } from "node:path";
import { ecosystemNamed } from "../ecosystems/index.ts";
import { allCommands, baseName, type Command, innerWords, textOrPatternOf } from "../shell/index.ts";
import { isWithin } from "./context-copies.ts";
import type { Step, StepState } from "./types.ts";

export interface Linked {
  /** The command, for people. */
  readonly by: string;
  readonly cwd: string | undefined;
  /** Names of the folders in which the files lie. */
  readonly folders: readonly string[];
}

/** What `step` leaves of such files. */
export function linkedBy({ invocations, before }: Step): readonly Linked[] {
  return invocations.flatMap(({ ecosystem, purpose, command, call }) => {
    const folders = /^(dependencies|build)$/.test(purpose) ? ecosystemNamed(ecosystem)?.linksIn : undefined;
    const copies = ecosystem === "uv" && before.env.get("UV_LINK_MODE") === "copy";
    if (!folders || copies) return [];
    return [{ by: [call.tool, ...command.words.slice(1).map(({ raw }) => raw)].join(" "), cwd: before.cwd, folders }];
  });
}

/** Programs that change a file, its owner or its mode where it lies. */
const IN_PLACE =
  /^(cp|chown|chgrp|chmod|chcon|setfacl|setcap|setfattr|strip|objcopy|patchelf|upx|touch|truncate|tee|dd)$/;

/** Of these the first operand is an owner or a mode. */
const GIVING = /^(chown|chgrp|chmod)$/;

/** The command of `step`, at `from` in its script or later, that may change one of the linked files. */
export function changeOfLinked({ script, before }: Step, linked: readonly Linked[], from = 0): string | undefined {
  if (!script || linked.length === 0) return undefined;
  for (const { command, outer } of allCommands(script)) {
    if (outer.span.start < from) continue;
    const said = command.words.map(({ raw }) => raw).join(" ");
    const isMet = (place: string | undefined, isDeep: boolean) =>
      linked.some((each) => mayMeet(place, before.cwd, each, isDeep));
    const written = command.redirects.filter(({ operator }) => /^\d*&?>/.test(operator));
    const into = written.find(({ target }) => target && isMet(textOrPatternOf(target, before.env), false));
    if (into) return `${said} ${into.operator} ${into.target?.raw}`;
    if (changedBy(command, before.env).some(({ place, isDeep }) => isMet(place, isDeep))) return said;
  }
  return undefined;
}

interface Changed {
  /** As written, patterns too; undefined where only the shell knows. */
  readonly place: string | undefined;
  /** Whether all below it is changed. */
  readonly isDeep: boolean;
}

/** What a command changes where it lies, and what is in that. */
function changedBy(command: Command, env: StepState["env"]): readonly Changed[] {
  const [name = "", ...words] = innerWords(command, env);
  const program = baseName(name);
  const handed = program === "find" ? words.find((word) => IN_PLACE.test(baseName(word ?? ""))) : undefined;
  if (!handed && !IN_PLACE.test(program)) return [];
  // It is not known which files are handed to it.
  if (command.words.some(({ literal }) => baseName(literal ?? "") === "xargs"))
    return [{ place: undefined, isDeep: true }];
  const isDeep = handed !== undefined || words.some((word) => word?.startsWith("-") && /r|^-\w*a/i.test(word));
  const operands = command.words.slice(command.words.length - words.length).filter(({ raw }) => !/^-|^\{\}$/.test(raw));
  const isGiving = GIVING.test(program) && !words.some((word) => word?.startsWith("--reference"));
  const places = program === "cp" ? operands.slice(-1) : operands.slice(isGiving ? 1 : 0);
  return places.map((word) => ({ place: textOrPatternOf(word, env), isDeep }));
}

/** Whether `place` is in one of the folders, or above them where all below it is meant. */
function mayMeet(
  place: string | undefined,
  here: string | undefined,
  { cwd, folders }: Linked,
  isDeep: boolean,
): boolean {
  if (place === undefined) return true;
  if (place.split("/").some((name) => folders.includes(name))) return true;
  if (!isDeep) return false;
  // Where it is not known, the project may be below whatever is named.
  if (cwd === undefined || (here === undefined && !place.startsWith("/"))) return true;
  return isWithin(cwd, posix.resolve(here ?? "/", place).replace(/\/[^/]*[*?{].*$/, "") || "/");
}
