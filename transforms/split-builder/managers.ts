/** Package managers that Corepack fetches when one is called: where a stage that is cut in two has them by then. */
import { posix } from "node:path";
import {
  askedBy,
  COREPACK_PLACES,
  corepackHome,
  type FetchedLate,
  imageOf,
  isUnder,
  mountsOf,
  type Stage,
  type Step,
} from "../../src/transform/index.ts";
import type { Role } from "./roles.ts";

/** Those that Corepack stands in for, and that no step installs. */
export function fetchedLate(stage: Stage, roles: readonly (readonly [Step, Role])[]): readonly FetchedLate[] {
  const scripts = stage.steps.map(({ script }) => script?.source.text ?? "").join("\n");
  if (!/\bcorepack\b/.test(scripts) || /\bcorepack +(install|use|up|hydrate|pack)\b/.test(scripts)) return [];
  const asked = new Map(stage.steps.flatMap(({ invocations }) => invocations.flatMap(askedBy)));
  const isAhead = /\bcorepack +prepare\b/.test(scripts);
  const managers = ["pnpm", "yarn"];
  // `corepack prepare` alone fetches the one that the project asks for.
  if (isAhead && !managers.some((name) => asked.has(name))) return [];
  const enabled = asked.get("corepack")?.split(" ") ?? managers;
  const late = managers.filter((name) => enabled.includes(name) && (isAhead || !asked.has(name)));
  const placeIn = (name: string) => (asked.has("corepack") ? placeOf(name, stage, roles) : undefined);
  return late.map((name) => ({ name, ahead: asked.get(name), at: placeIn(name) }));
}

/** Where a container of `stage` finds the manager `name` as steps of the builder stage left it: see `FetchedLate.at`. */
function placeOf(name: string, stage: Stage, roles: readonly (readonly [Step, Role])[]): FetchedLate["at"] {
  const place = homeAt(stage.after, stage);
  const building = roles.flatMap(([step, role]) => (role === "build" ? [step] : []));
  const calls = building.flatMap((step) =>
    step.invocations.map(({ call }) => ({ step, tool: call.tool, left: leftBy(step, call.env, stage) })),
  );
  const own = calls.filter(({ tool }) => tool === name);
  if (place === undefined || own.length === 0 || own.some(({ left }) => left === undefined)) return undefined;
  const [first, ...others] = own.filter(({ left }) => left === place).map(({ step }) => step);
  // What else is called may call the manager as well.
  if (!first) return calls.every(({ left }) => isElsewhere(left, place)) ? null : undefined;
  const isOfOne = [...others, ...building.slice(-1)].every(({ before }) => before.user === first.before.user);
  const isTouched = roles.some(
    ([step, role]) => role !== "runtime" && step.index >= first.index && touches(step, place),
  );
  return place.startsWith("/") && isOfOne && !isTouched ? place : undefined;
}

/** Whether a folder is not `place`; nobody but root has root's home. */
function isElsewhere(left: FetchedLate["at"], place: string): boolean {
  if (left === null) return true;
  const [one, other] = [left ?? "~", place].map((path) => (path.startsWith("~") ? undefined : path));
  return (
    one !== other && [one, other].every((path, at) => path !== undefined || [other, one][at]?.startsWith("/root/"))
  );
}

/** Where a call in `step` leaves what Corepack fetches for it; null where that is in no image. */
function leftBy(step: Step, env: Step["before"]["env"], stage: Stage): FetchedLate["at"] {
  const { user, cwd } = step.before;
  const place = homeAt({ user, env: new Map([...step.before.env, ...env]) }, stage);
  const targets = mountsOf(step.instruction).map(({ target }) => target?.value);
  if (place === undefined || targets.some((target) => target === undefined || target.includes("$"))) return undefined;
  const mounted = targets.map((target) => posix.resolve(cwd ?? "/", target ?? ""));
  if (mounted.some((target) => target !== place && isUnder(target, place))) return undefined;
  return mounted.some((target) => isUnder(place, target)) ? null : place;
}

/** Corepack's folder for a user, with `~` where that has a home that is not known; undefined where nothing is known of it. */
function homeAt({ user = "", env }: Pick<Step["before"], "user" | "env">, stage: Stage): string | undefined {
  const names = [...COREPACK_PLACES, "HOME"];
  const isGiven = stage.steps.some(
    ({ instruction: { keyword, args } }) => keyword === "ARG" && names.some((name) => args.text.includes(name)),
  );
  const place = isGiven ? undefined : corepackHome(env, imageOf(stage));
  if (place?.startsWith("~") !== true) return place;
  const [name = ""] = user.split(":");
  const home = env.has("HOME") ? env.get("HOME") : (usualHome(name, imageOf(stage)) ?? `~${name}`);
  return home === undefined || !/^[/~]/.test(home) ? undefined : `${home}${place.slice(1)}`;
}

/** Of root, and of the user that the official images of Node bring. */
function usualHome(name: string, image: string | undefined): string | undefined {
  if (["", "root", "0"].includes(name)) return "/root";
  return name === "node" && /^(docker\.io\/)?(library\/)?node([:@]|$)/.test(image ?? "") ? "/home/node" : undefined;
}

/** Whether a step may change what is in `place`, or whose it is. */
function touches({ script, before }: Step, place: string): boolean {
  return (script?.commands ?? []).some(({ name, words }) => {
    if (name === "corepack") return words.some(({ raw }) => raw === "cache");
    if (!/^(\/.*\/)?(rm|mv|cp|find|chmod|chown|chgrp|ln|install)$/.test(name ?? "")) return false;
    return words.slice(1).some(({ literal, raw }) => {
      if (literal === undefined && /[$`~]/.test(raw)) return true;
      const path = posix.resolve(before.cwd ?? "/", (literal ?? raw).replace(/[^/]*[*?[].*/, ""));
      return !raw.startsWith("-") && (isUnder(path, place) || isUnder(place, path));
    });
  });
}
