/** What of a Node project its container needs, and what its builds make. */
import { posix } from "node:path";
import {
  type BuildContext,
  buildOf,
  inFolder,
  isTypeScript,
  isUnder,
  leavesOf,
  type Outputs as NodeOutputs,
  readNextConfig,
} from "../../context/index.ts";
import { Decline } from "../decline.ts";
import { moved } from "../moved.ts";
import type { BuildWork, BuiltApp, Call, Ecosystem, InstallInputs, Outputs, Surroundings } from "../types.ts";
import { deployedApp } from "./deploy/app.ts";
import { standaloneApp } from "./next/standalone.ts";
import { madeBy, type Part, partsOf } from "./parts.ts";
import { byImportance, checkNamed, needsOf } from "./runtime/crossing.ts";
import { Packages } from "./runtime/packages.ts";
import { isProductionOnly, pruneCommand } from "./runtime/prune.ts";
import { Running } from "./runtime/running.ts";
import { wordsIn } from "./runtime/source-text.ts";
import { appOfParts, outputsOf } from "./several-parts.ts";

type Commands = BuildWork["commands"];

/** For the managers that `pruneCommand` knows; `installInputs` is the manager's own. */
export function builtNodeApp(installInputs: NonNullable<Ecosystem["installInputs"]>): (work: BuildWork) => BuiltApp {
  return (work) => {
    const installs = work.commands.filter(isInstall);
    if (new Set(installs.map(({ invocation }) => invocation.ecosystem)).size > 1)
      throw new Decline("package-manager", "the stage installs with two package managers");
    const manager = installs[0]?.invocation.ecosystem;
    checkManifest(work);
    const deploys = work.commands.filter(({ invocation }) => invocation.action === "deploy");
    const parts = partsOf({ ...work, commands: work.commands.filter((command) => !deploys.includes(command)) });
    for (const { work, installs } of parts) {
      checkProject(work.project, manager);
      const inputsOf = (call: Call, surroundings: Surroundings) => installInputs(call, work.project, "", surroundings);
      for (const { invocation, surroundings } of work.commands.filter(isInstall))
        checkInstall(inputsOf(invocation.call, surroundings));
      for (const { tool, words } of installs) {
        if (tool !== manager) throw new Decline("package-manager", "the stage installs with two package managers");
        checkInstall(inputsOf({ tool, path: tool, args: words, env: new Map() }, work.commands[0]!.surroundings));
      }
    }
    if (deploys.length > 0) {
      const made = parts.flatMap((part) => outputsOf(madeBy(part), part.folder));
      return deployedApp(work, deploys, made);
    }
    const [only] = parts;
    return parts.length === 1 && only?.folder === "" ? builtPart(only) : appOfParts(work, parts, builtPart);
  };
}

/** What the container needs of the part that it runs. */
function builtPart({ work, leaves }: Part): BuiltApp {
  const { project, commands } = work;
  const packages = new Packages(project);
  packages.check(commands.some(isBuild) ? "production" : "all");
  if (!commands.some(isBuild)) return installed(work, packages);
  const build = buildOfAll(commands, leaves, project);
  const running = runningIn(work, packages, build);
  // What the container runs as it is looks for its packages, whatever a bundle has of them.
  const isRun = (source: string) => running.files.some((file) => isUnder(pathOf(file, work), source));
  const bundled = build.bundled.filter((source) => !isRun(source));
  const settings = work.settings.flatMap(wordsIn);
  checkNamed("ENV", settings.map((word) => `"${word}"`).join(" "), packages);
  const texts = [...running.texts, ...work.words, ...settings];
  const standalone = standaloneApp(work, build.outputs, running, texts);
  if (standalone) return { ...standalone, outputs: [...standalone.outputs, ...running.managers] };
  const compiles = compilesConfig(project, build);
  const needsBy = (said: readonly string[]) =>
    needsOf(project, { ...build, bundled }, packages, compiles ? [...said, "tsconfig.json"] : said);
  const first = needsBy(texts);
  for (const script of first.commands) running.follow({ script }, true);
  const needs = first.commands.length > 0 ? needsBy([...texts, ...running.texts]) : first;
  const prune = compiles ? undefined : pruneOf(work, packages, build);
  return {
    outputs: [...moved(outputsOf(build), work).all, ...running.managers],
    packages: packages.hasProduction ? ["node_modules"] : [],
    entries: needs.entries,
    dropped: [...(prune ? ["development dependencies"] : []), ...needs.dropped],
    prune,
  };
}

function checkManifest({ project }: BuildWork): void {
  if (!project.files().some((path) => posix.basename(path) === "package.json"))
    throw new Decline("no-manifest", "the project has no package.json that refit can read");
}

/** What `npm run build` and its like make, followed down to the tools that they start, and packages that they install on the way. */
export function nodeOutputs(call: Call, project: BuildContext, { folder }: Surroundings): Outputs {
  const leaves = leavesOf([call.tool, ...call.args], project, folder);
  if ("unknown" in leaves) return leaves;
  const build = buildOf(leaves, project);
  if ("unknown" in build) return build;
  const packages = (build.installs ?? []).map((at) => inFolder(at, "node_modules"));
  return { outputs: [...build.outputs, ...packages] };
}

/** Where nothing is built, the app runs as it is, and all its packages may be needed: only what compiles them may stay behind. */
function installed(work: BuildWork, packages: Packages): BuiltApp {
  const { project, commands } = work;
  const running = runningIn(work, packages, { outputs: [], sources: [], whole: [], bundled: [] });
  const isWhole = ({ invocation: { call }, surroundings: { env } }: Commands[number]) => !isProductionOnly(call, env);
  const some = packages.hasProduction || (packages.development.size > 0 && commands.filter(isInstall).some(isWhole));
  const folders = some ? ["node_modules"] : [];
  return {
    outputs: running.managers,
    packages: folders,
    entries: [...project.list("")].sort(byImportance),
    dropped: [],
    pays: "packages",
  };
}

function isBuild({ invocation: { purpose } }: Commands[number]): boolean {
  return purpose === "build";
}

/** Whether a command brings packages. */
export function isInstall({ invocation: { purpose, action } }: Commands[number]): boolean {
  return purpose === "dependencies" && action !== "prune";
}

function checkProject(project: BuildContext, manager: string | undefined): void {
  if (project.isFolder("node_modules"))
    throw new Decline("copied-packages", "the build context brings its own node_modules; name it in .dockerignore");
  // pnpm 10 has settings in the file that names the members, which no other manager reads.
  const named = /^["']?packages["']?\s*:/m.test(project.read("pnpm-workspace.yaml") ?? "");
  if (project.has("lerna.json") || (named && manager !== "pnpm"))
    throw new Decline("workspaces", "the project is a workspace of several packages");
}

/** Throws a `Decline`. An install that refit can't follow may leave files where no rule looks for them; a lock in another form crosses as it is by then. */
export function checkInstall(inputs: InstallInputs): void {
  if ("blocked" in inputs && !inputs.reformats) throw new Decline("install-unknown", inputs.blocked);
  const { writes = [] } = "blocked" in inputs ? { ...inputs.reformats } : inputs;
  const loader = writes.find((path) => /^\.pnp\.|^\.yarn\/unplugged/.test(path));
  if (loader !== undefined)
    throw new Decline("yarn-linker", ".yarnrc.yml does not have packages in node_modules (`nodeLinker: node-modules`)");
}

/** What all build commands make together. */
function buildOfAll(commands: Commands, leaves: Part["leaves"], project: BuildContext): NodeOutputs {
  if (commands.some(({ surroundings: { env } }) => env.has("BUILD_PATH")))
    throw new Decline("outputs-unknown", "BUILD_PATH may say where the build writes");
  const build = buildOf(leaves, project);
  if ("unknown" in build) throw new Decline("outputs-unknown", build.unknown);
  if (build.outputs.length === 0) throw new Decline("no-build", "the build commands make no outputs");
  return build;
}

/** What the container runs. */
function runningIn(work: BuildWork, packages: Packages, build: NodeOutputs): Running {
  const inside = posix.relative(work.folder, work.startsIn);
  const startsIn = inside.startsWith("..") ? work.startsIn : inside;
  const running = new Running(work, packages, startsIn);
  running.followStarts();
  for (const file of running.files) checkFile(file, work, build);
  return running;
}

/** Whether `next start` compiles its configuration, for which it needs TypeScript: a development dependency as a rule. */
function compilesConfig(project: BuildContext, build: NodeOutputs): boolean {
  const config = readNextConfig(project);
  return !("unknown" in config) && build.outputs.includes(config.distDir) && isTypeScript(config.file);
}

/** Of a file that the container runs, in the project. */
function pathOf(file: string, { folder }: BuildWork): string {
  return posix.relative(folder, posix.resolve(folder, file));
}

/** What `node` and `bun` run must come from the build or the context; a path elsewhere is as it was. */
function checkFile(file: string, work: BuildWork, build: NodeOutputs): void {
  const path = pathOf(file, work);
  if (path.startsWith("../") || build.outputs.some((output) => isUnder(path, output) || isUnder(output, path))) return;
  const isThere = ["", ".js", ".cjs", ".mjs", ".ts", ".tsx", "/index.js", "/index.ts"].some((end) =>
    work.finished.has(`${path}${end}`),
  );
  if (!isThere)
    throw new Decline(
      "start-unknown",
      `the container starts ${file}, which no known output and no file of the context is`,
    );
}

/** Undefined where nothing is to take out, or where the file does it itself. */
function pruneOf({ project, commands }: BuildWork, packages: Packages, build: NodeOutputs): BuiltApp["prune"] {
  const of = commands.findIndex(isInstall);
  const first = commands[of];
  if (!first) throw new Decline("project-unknown", "the stage installs no packages of the project");
  const { ecosystem, call } = first.invocation;
  if (isProductionOnly(call, first.surroundings.env))
    throw new Decline("no-development", "the install leaves development dependencies out, so the build uses none");
  const last = commands.findLastIndex(({ invocation }) => invocation.purpose === "build");
  const done = commands
    .slice(last + 1)
    .some(
      (command) =>
        (isInstall(command) || command.invocation.action === "prune") &&
        isProductionOnly(command.invocation.call, command.surroundings.env),
    );
  if (done || packages.development.size === 0 || !packages.hasProduction) return undefined;
  const inside = build.outputs.find((output) => isUnder(output, "node_modules"));
  if (inside !== undefined && ecosystem !== "npm")
    throw new Decline("generated-in-packages", `the build writes ${inside}, which ${ecosystem} may take out again`);
  return { command: pruneCommand(ecosystem, call, first.surroundings.base, project, packages), of };
}
