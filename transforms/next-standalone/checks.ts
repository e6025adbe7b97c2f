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
  if (env.has("KEEP_ALIVE_TIMEOUT"))
    throw new Decline("server-setting", "KEEP_ALIVE_TIMEOUT is set, which the standalone server alone reads");
  const options = env.has("NODE_OPTIONS") ? (env.get("NODE_OPTIONS") ?? "unknown") : "";
  if (!/^(\s*--(max[-_]|openssl-|no-|enable-source-maps|dns-)\S*)*\s*$/.test(options))
    throw new Decline("node-options", `NODE_OPTIONS is ${options}, which may load packages that Next does not trace`);
  const [, ...parents] = lineageOf(stage, stages);
  const inherited = parents.flatMap(({ steps }) => steps);
  const all = [...inherited, ...stage.steps];
  const entry = all.find(({ instruction: { keyword } }) => keyword === "ENTRYPOINT" || keyword === "ONBUILD");
  if (entry) throw new Decline("entrypoint", `${shown(entry)} says what else runs`);
  const building = all.find(({ invocations }) => invocations.some(isBuildWork));
  if (building) throw new Decline("installs", `${shown(building)} works on the project where it runs`);
  const brings = inherited.find(
    ({ instruction: { keyword }, before }) =>
      ["COPY", "ADD"].includes(keyword) && isUnder(taken.folder, before.cwd ?? "/"),
  );
  if (brings) throw new Decline("copies-more", `${shown(brings)} may bring files to where the server works`);
  const runs = stage.steps.slice(taken.steps[0].index).filter(({ instruction }) => instruction.keyword === "RUN");
  for (const step of runs) {
    const { script, invocations } = step;
    const isPlain =
      invocations.length === script?.commands.length && invocations.every(({ ecosystem }) => ecosystem === "files");
    if (!isPlain) throw new Decline("unknown-step", `${shown(step)} may need files that are gone`);
  }
  const checks = all.filter(({ instruction }) => instruction.keyword === "HEALTHCHECK");
  for (const step of [...runs, ...checks]) {
    const { text } = step.instruction.args;
    const gone = project.list("").find((name) => name !== "public" && names(text, name));
    if (gone !== undefined)
      throw new Decline("names-files", `${shown(step)} names ${gone}, which the server does without`);
    if (told.hostname === undefined && /\[::1?\]|\bwget\b.*\blocalhost\b/.test(text))
      throw new Decline(
        "asks-by-name",
        `${shown(step)} may ask over IPv6, where the standalone server does not listen`,
      );
  }
}
