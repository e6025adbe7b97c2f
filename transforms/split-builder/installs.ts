/** The installs of the builder stage, and how what they installed for development is taken out again. */
import {
  Decline,
  installInputsOf,
  isProductionOnly,
  isUnder,
  pruneCommand,
  type Step,
} from "../../src/transform/index.ts";
import type { App } from "./app.ts";
import { isInstall } from "./commands.ts";
import { newOwner, userOf } from "./owners.ts";

/** An install that refit can't follow may leave files where no rule looks for them. */
export function checkInstalls({ plan, base, context, landings }: App): void {
  const { roles, project } = plan;
  const manifest = landings.map(({ files }) => files.get(`${project}/package.json`)).find((path) => path !== undefined);
  const folder = manifest?.replace(/\/?package\.json$/, "") ?? "";
  for (const [{ before, invocations }, role] of roles) {
    for (const invocation of role === "build" ? invocations.filter(isInstall) : []) {
      const inputs = installInputsOf(invocation, context, folder, { ...before, base });
      if ("blocked" in inputs) throw new Decline("install-unknown", inputs.blocked);
    }
  }
}

/** Undefined where nothing is to take out, or where the file does it itself. */
export function pruneOf({ plan, base, view, packages, build }: App): string | undefined {
  const { roles, last } = plan;
  const works = [...roles]
    .filter(([, role]) => role === "build")
    .flatMap(([step]) => step.invocations.map((it) => ({ it, step })));
  const installs = works.filter(({ it }) => isInstall(it));
  const [first] = installs;
  if (!first) throw new Decline("project-unknown", "no install is left in the builder stage");
  if (isProductionOnly(first.it.call, first.step.before.env))
    throw new Decline("no-development", "the install leaves development dependencies out, so the build uses none");
  for (const { it } of installs) {
    if (it.ecosystem !== first.it.ecosystem)
      throw new Decline("package-manager", "the stage installs with two package managers");
  }
  const builds = works.findLastIndex(({ it }) => it.purpose === "build");
  const done = works
    .slice(builds + 1)
    .some(({ it, step }) => (isInstall(it) || it.action === "prune") && isProductionOnly(it.call, step.before.env));
  if (done || packages.development.size === 0 || !packages.hasProduction) return undefined;
  // The packages are the user's, or a chown between made them so; one that leaves their group would mix it with the user's own.
  const isGiven = ([step]: readonly [Step, unknown]) => {
    const [user, group] = newOwner(step)?.split(":") ?? [];
    return step.index > first.step.index && user === userOf(last)?.split(":")[0] && group !== "root";
  };
  const isOwn = userOf(last) === userOf(first.step) || [...roles].some(isGiven);
  if (last.before.cwd !== first.step.before.cwd || !isOwn)
    throw new Decline("user-changes", "the user or the working directory changes between install and build");
  const inside = build.outputs.find((output) => isUnder(output, "node_modules"));
  if (inside !== undefined && first.it.ecosystem !== "npm")
    throw new Decline(
      "generated-in-packages",
      `the build writes ${inside}, which ${first.it.ecosystem} may take out again`,
    );
  return pruneCommand(first.it.ecosystem, first.it.call, base, view, packages);
}
