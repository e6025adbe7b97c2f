/** Whether two neighbouring steps can change places: neither writes what the other reads or writes (ADR 0011). */
import type { Span } from "../text/index.ts";
import { isNamedAccount } from "./accounts.ts";
import { type Effect, meet } from "./effect.ts";
import { effectOf } from "./effect-of-step.ts";
import type { Facts, Step } from "./types.ts";

/** Why two steps stay as they are. */
export interface NoSwap {
  /** A sentence without its period, that names what of `a` stands in the way. */
  readonly reason: string;
  readonly code: "unknown-step" | "same-files" | "variable" | "setting" | "account" | "cache-mount";
  /** Step `a`. */
  readonly because: Span;
}

/** Why `b`, which comes right after `a`, can't come right before it; undefined where nothing in the image could differ. */
export function whyNotSwap(a: Step, b: Step, facts: Facts): NoSwap | undefined {
  const [one, two] = [effectOf(a, facts), effectOf(b, facts)];
  const found =
    unknownBetween(one, two) ??
    settingBetween(one, two) ??
    variableBetween(one, two) ??
    filesBetween(a, one, two) ??
    accountBetween(a, one, b, two, facts);
  if (!found) return undefined;
  const { span } = a.instruction;
  return { ...found, reason: `${saidStep(a, facts)}${found.reason}`, because: span };
}

type Found = Omit<NoSwap, "because"> | undefined;

function unknownBetween(one: Effect, two: Effect): Found {
  const touchesNothing = (effect: Effect) => effect.reads.length === 0 && effect.writes.length === 0;
  if (touchesNothing(one) || touchesNothing(two)) return undefined;
  if (two.unknown !== undefined)
    return { code: "unknown-step", reason: ` may have to come first, since ${two.unknown}` };
  if (one.unknown !== undefined) return { code: "unknown-step", reason: ` stands in the way, since ${one.unknown}` };
  return undefined;
}

function settingBetween(one: Effect, two: Effect): Found {
  const common =
    one.sets.find((setting) => two.uses.includes(setting) || two.sets.includes(setting)) ??
    two.sets.find((setting) => one.uses.includes(setting));
  if (common === undefined) return undefined;
  if (common.startsWith("cache "))
    return { code: "cache-mount", reason: ` uses the same cache mount: ${common.slice("cache ".length)}` };
  return { code: "setting", reason: ` sets what the step runs under: ${SETTINGS[common] ?? common}` };
}

const SETTINGS: Readonly<Record<string, string>> = {
  cwd: "the working directory",
  user: "the user",
  shell: "the shell",
};

function variableBetween(one: Effect, two: Effect): Found {
  const set = one.variables.find((name) => two.readsVariable(name) || two.variables.includes(name));
  if (set !== undefined) return { code: "variable", reason: ` sets ${set}, which the step may read` };
  const read = two.variables.find((name) => one.readsVariable(name));
  return read === undefined ? undefined : { code: "variable", reason: ` may read ${read}, which the step sets` };
}

/** Folders that every base image has, as the Filesystem Hierarchy Standard wants them. */
const STANDARD =
  /^\/((bin|boot|dev|etc|home|lib|lib64|media|mnt|opt|root|run|sbin|srv|tmp|usr|var)|usr\/(bin|lib|local|sbin|share)|usr\/local\/(bin|etc|lib|share)|var\/(cache|lib|log|tmp))?$/;

function filesBetween(a: Step, one: Effect, two: Effect): Found {
  const clash =
    clashOf(one.writes, [...two.reads, ...two.writes]) ?? clashOf(two.writes, [...one.reads, ...one.writes]);
  if (clash !== undefined) return { code: "same-files", reason: ` works in ${clash}, as the step does` };
  // Whichever comes first makes the folders above.
  const cwd = a.before.cwd ?? "/";
  const made = one.writes
    .flatMap((path) => two.writes.map((other) => commonFolder(path, other)))
    .find((folder) => !STANDARD.test(folder) && !meetsFrom(cwd, folder));
  return made === undefined
    ? undefined
    : { code: "same-files", reason: ` may make the folder ${made}, as the step may` };
}

/** The narrower of two paths that meet. */
function clashOf(paths: readonly string[], others: readonly string[]): string | undefined {
  for (const path of paths) {
    const other = others.find((each) => meet(path, each));
    if (other !== undefined) return path.length > other.length ? path : other;
  }
  return undefined;
}

function commonFolder(a: string, b: string): string {
  const [one, two] = [a.split("/"), b.split("/")];
  const length = one.findIndex((name, index) => name !== two[index]);
  return one.slice(0, length < 0 ? one.length : length).join("/") || "/";
}

/** Whether `cwd` is `folder` or below it, so that it is there already. */
function meetsFrom(cwd: string, folder: string): boolean {
  return cwd === folder || cwd.startsWith(`${folder}/`);
}

/** A name that no account bears yet means something else when the other step makes it. */
function accountBetween(a: Step, one: Effect, b: Step, two: Effect, facts: Facts): Found {
  const makes = (effect: Effect) => effect.writes.some((path) => meet(path, "/etc/passwd"));
  const unknownIn = (step: Step, effect: Effect) =>
    effect.accounts.find((name) => name === undefined || !isNamedAccount(name, step, facts)) ??
    (effect.accounts.includes(undefined) ? "its owner" : undefined);
  const looked = (makes(two) ? unknownIn(a, one) : undefined) ?? (makes(one) ? unknownIn(b, two) : undefined);
  return looked === undefined
    ? undefined
    : { code: "account", reason: ` needs an account that may not be there yet: ${looked}` };
}

/** A step for people: one line in backticks. */
export function saidStep({ instruction: { span } }: Step, { dockerfile }: Facts): string {
  const line = dockerfile.source.slice(span.start, span.end).replace(/\\?\r?\n\s*/g, " ");
  return `\`${line.length > 60 ? `${line.slice(0, 57)}...` : line}\``;
}
