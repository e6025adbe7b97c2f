/** What of the last stage the standalone server may not do as well. */
import {
  type BuildContext,
  Decline,
  type Facts,
  isBuildWork,
  isUnder,
  lineageOf,
  type NextStart,
  names,
  quoted,
  type Stage,
  type Step,
} from "../../src/transform/index.ts";
import type { Taken } from "./taken.ts";

/** Throws a `Decline` for the first thing that may need what is gone. */
export function checkStage(stage: Stage, taken: Taken, project: BuildContext, told: NextStart, facts: Facts): void {
  const { stages, dockerfile } = facts;
  const shown = ({ instruction }: Step) => quoted(dockerfile, instruction.span);
  const env = stage.after.env;
  if (env.has("NODE_ENV") && env.get("NODE_ENV") !== "production")
    throw new Decline("not-production", "NODE_ENV is not `production`, which the standalone server always sets");
  const setting = ["KEEP_ALIVE_TIMEOUT", "NEXT_MANUAL_SIG_HANDLE"].find((name) => env.has(name));
  if (setting !== undefined)
    throw new Decline("server-setting", `${setting} is set, which the two servers read in different ways`);
  const [, ...parents] = lineageOf(stage, stages);
  const inherited = parents.flatMap(({ steps }) => steps);
  const entry = [...inherited, ...stage.steps].find(
    ({ instruction: { keyword } }) => keyword === "ENTRYPOINT" || keyword === "ONBUILD",
  );
  if (entry) throw new Decline("entrypoint", `${shown(entry)} says what else runs`);
  const building = [...inherited, ...stage.steps].find(({ invocations }) => invocations.some(isBuildWork));
  if (building) throw new Decline("installs", `${shown(building)} works on the project where it runs`);
  const brings = inherited.find(
    ({ instruction: { keyword }, before }) =>
      ["COPY", "ADD"].includes(keyword) && isUnder(taken.folder, before.cwd ?? "/"),
  );
  if (brings) throw new Decline("copies-more", `${shown(brings)} may bring files to where the server works`);
  for (const step of stage.steps.slice(taken.steps[0].index)) checkStep(step, project, told, facts);
}

/** Of what comes once files of the project are there: it may be about one that is gone. */
function checkStep(step: Step, project: BuildContext, { hostname }: NextStart, { dockerfile }: Facts): void {
  const { instruction, script, invocations } = step;
  const shown = quoted(dockerfile, instruction.span);
  if (instruction.keyword === "RUN") {
    const isPlain =
      invocations.length === script?.commands.length && invocations.every(({ ecosystem }) => ecosystem === "files");
    if (!isPlain) throw new Decline("unknown-step", `${shown} may need files that are gone`);
  }
  if (instruction.keyword !== "RUN" && instruction.keyword !== "HEALTHCHECK") return;
  const text = instruction.args.text;
  const gone = project.list("").find((name) => name !== "public" && names(text, name));
  if (gone !== undefined) throw new Decline("names-files", `${shown} names ${gone}, which the server does without`);
  if (instruction.keyword === "HEALTHCHECK" && hostname === undefined && /\[::1?\]|\bwget\b.*\blocalhost\b/.test(text))
    throw new Decline("asks-by-name", `${shown} may ask over IPv6, where the standalone server does not listen`);
}
