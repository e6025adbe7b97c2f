/** What other stages and later commands take: what cargo-chef leaves must not be among it. */
import { posix } from "node:path";
import {
  copyView,
  Decline,
  type Facts,
  isWithin,
  mountsOf,
  outputsOf,
  quoted,
  type Stage,
  type Step,
} from "../../src/transform/index.ts";
import { type Plan, targetOf } from "./plan.ts";

/** Where Cargo is installed, with cargo-chef. */
const HOMES = ["/usr/local/cargo", "/root/.cargo"];

/** Throws a `Decline` where more is taken out of the builder's `target` than the programs that it builds. */
export function checkTaken(plan: Plan, facts: Facts): void {
  const { stage, call } = plan;
  const { dockerfile } = facts;
  const allowed = placesOf(plan);
  for (const step of facts.stages.flatMap(({ steps }) => steps)) {
    const taken = takenFrom(stage, step).find((path) => !allowed(path));
    if (taken !== undefined)
      throw new Decline(
        "takes-more",
        `${quoted(dockerfile, step.instruction.span)} takes ${taken}, where what is compiled ahead would lie too`,
      );
  }
  for (const step of stage.steps.slice(call.step.index)) {
    if (step.instruction.keyword !== "RUN") continue;
    const word = namedIn(step).find((each) => !allowed(posix.resolve(step.before.cwd ?? "/", each)));
    if (word !== undefined)
      throw new Decline(
        "takes-more",
        `${quoted(dockerfile, step.instruction.span)} names ${word}, where what is compiled ahead would lie too`,
      );
  }
}

/** Whether what lies at an absolute path is the same with and without dependencies that were compiled ahead. */
function placesOf({ call, project, folder, stage }: Plan): (path: string) => boolean {
  const target = targetOf(call.step, folder);
  const builds = stage.steps.flatMap(({ invocations }) => invocations.filter(({ purpose }) => purpose === "build"));
  const programs = builds.flatMap((invocation) => {
    const made = outputsOf(invocation, project.view, project.surroundings);
    return "unknown" in made ? [] : made.outputs.map((path) => posix.resolve(folder, path));
  });
  const isMixed = (path: string) =>
    [target, ...HOMES].some((place) => isWithin(path, place) || isWithin(place, path)) || /[$*?[]/.test(path);
  return (path) => programs.includes(path) || !isMixed(path);
}

/** Absolute paths that a step copies or mounts from `stage`. */
function takenFrom(stage: Stage, { instruction }: Step): readonly string[] {
  const isOf = (from: string | undefined) =>
    from !== undefined && [stage.name, `${stage.index}`].includes(from.toLowerCase());
  const view = copyView(instruction);
  const copied = isOf(view?.from?.value) ? (view?.sources.map(({ text }) => text) ?? []) : [];
  const mounted = mountsOf(instruction).flatMap(({ from, source }) =>
    isOf(from?.value) ? [source?.value ?? "/"] : [],
  );
  return [...copied, ...mounted].map((path) => posix.join("/", path).replace(/(.)\/$/, "$1"));
}

/** Words of a RUN that name something in a folder called `target`. */
function namedIn({ instruction }: Step): readonly string[] {
  const words = instruction.args.text.match(/[^\s"';&|()<>=]+/g) ?? [];
  return words.filter((word) => /(^|\/)target(\/|$)/.test(word));
}
