/** What a build writes and what a command runs, read from the toolchain's own configuration without running it. */
import type { BuildContext } from "../types.ts";
import { viewOf } from "../view.ts";
import { readBun } from "./bun.ts";
import { readReactScripts, readRollup, readTsup, readVite, readVueCli, readWebpack } from "./bundlers.ts";
import { readBabel, readEsbuild, readNcc, readNest, readNodeScript, readPrisma, readSwc } from "./compilers.ts";
import { readAstro, readNuxt, readSvelteKit } from "./frameworks.ts";
import type { Leaf } from "./leaves.ts";
import { readNext } from "./next.ts";
import { folderOf, inFolder, isUnder, within } from "./paths.ts";
import { readTsc } from "./tsconfig.ts";
import { type Build, type Made, NOTHING, type Outputs, type Reader, type Unknown, unknown } from "./types.ts";

export { isBunSubcommand } from "./bun.ts";
export { nuxtBlocker, svelteOutput } from "./frameworks.ts";
export { asObject, type JsonObject, objectOf } from "./jsonc.ts";
export { type Leaf, leavesOf, leavesOfScript } from "./leaves.ts";
export { memberFolders, membersNamed } from "./members.ts";
export { isTypeScript, type NextConfig, readNextConfig, standaloneEdit } from "./next.ts";
export { folderOf, inFolder, isUnder, within } from "./paths.ts";
export { isShell, shellCall } from "./shells.ts";
export { readTsconfig, type Tsconfig } from "./tsconfig.ts";
export { type Outputs, type Unknown, unknown } from "./types.ts";

const READERS: ReadonlyMap<string, Reader> = new Map([
  ["tsc", readTsc],
  ["vue-tsc", readTsc],
  ["vite", readVite],
  ["webpack", readWebpack],
  ["webpack-cli", readWebpack],
  ["tsup", readTsup],
  ["rollup", readRollup],
  ["next", readNext],
  ["react-scripts", readReactScripts],
  ["vue-cli-service", readVueCli],
  ["nest", readNest],
  ["nuxt", readNuxt],
  ["nuxi", readNuxt],
  ["svelte-kit", readSvelteKit],
  ["astro", readAstro],
  ["esbuild", readEsbuild],
  ["node", readNodeScript],
  ["swc", readSwc],
  ["babel", readBabel],
  ["ncc", readNcc],
  ["prisma", readPrisma],
  ["bun", readBun],
]);

/** Programs that check, and write nothing that the container could need. */
const CHECKS = new Set([
  ...["eslint", "prettier", "biome", "oxlint", "jest", "vitest", "mocha", "ava", "tap", "c8", "nyc", "tsc-alias"],
  ...["svelte-check", "echo", "true", ":", "set", "export", "printf", "test", "[", "chmod"],
]);

/** Programs that delete every path that they are told. */
const DELETES = new Set(["rm", "rimraf", "del", "del-cli"]);

/** Programs that make every path that they are told, or (`COPIES`) the last one. */
const MAKES = new Set(["mkdir", "mkdirp", "touch", ">"]);
const COPIES = new Set(["cp", "cpx", "cpy", "ncp", "copyfiles"]);

/** What running `leaves` in the project makes. */
export function buildOf(leaves: readonly Leaf[], project: BuildContext): Outputs | Unknown {
  const made: Made[] = [];
  const deleted: string[] = [];
  const installs: string[] = [];
  for (const leaf of leaves) {
    const { tool, words, folder = "" } = leaf;
    if (!words.every((word) => word !== undefined))
      return unknown(
        tool === ">" ? "what the build redirects its output to is computed" : `a word of \`${tool}\` is computed`,
      );
    const paths = words.filter((word) => !word.startsWith("-"));
    const reader = READERS.get(tool);
    if (DELETES.has(tool)) deleted.push(...paths.map((path) => inFolder(folder, path)));
    else if (folder !== "" && isInstall(leaf)) installs.push(folder);
    else if (!CHECKS.has(tool)) {
      const build =
        reader?.(words, below(project, folder)) ??
        (MAKES.has(tool) ? placed(paths) : COPIES.has(tool) ? placed(paths.slice(-1)) : undefined) ??
        unknown(`the build runs \`${[tool, ...words].join(" ")}\`, which refit does not know`);
      if ("unknown" in build) return folder === "" ? build : unknown(`${build.unknown} (in ${folder})`);
      made.push(folder === "" ? build : inMember(build, folder));
    }
  }
  const outputs = [...new Set(made.flatMap((build) => build.outputs))].filter(
    (path, _, all) => !all.some((other) => other !== path && isUnder(path, other)),
  );
  const sources = [...new Set(made.flatMap((build) => build.sources))];
  const lost = deleted.find((path) => !isHarmless(path, outputs, project));
  if (lost !== undefined) return unknown(`the build deletes ${lost}, which is not one of its outputs`);
  return {
    outputs,
    sources,
    programs: made.flatMap((build) => build.programs ?? []),
    whole: [...new Set(made.flatMap((build) => build.whole ?? []))],
    installs: [...new Set(installs)],
    bundled: sources.filter((source) => made.every((build) => build.bundles || !build.sources.includes(source))),
  };
}

/** Whether a package manager installs what a manifest asks for, and nothing by name. */
export function isInstall({ tool, words }: Pick<Leaf, "tool" | "words">): boolean {
  const [action = "install", ...more] = words.filter((word) => !word?.startsWith("-"));
  return ["npm", "yarn", "pnpm", "bun"].includes(tool) && /^(i|ci|install)$/.test(action) && more.length === 0;
}

/** A folder of the project, as a project of its own. */
export function below(project: BuildContext, folder: string): BuildContext {
  if (folder === "") return project;
  const paths = [...project.files(), ...project.emptyFolders()].filter((path) => path.startsWith(`${folder}/`));
  return viewOf(project, new Map(paths.map((path) => [path.slice(folder.length + 1), path])));
}

/** What is made in a package of a workspace, by paths in the project. */
function inMember({ outputs, sources, whole = [], programs = [], bundles }: Made, folder: string): Made {
  const placed = (paths: readonly string[]) => paths.map((path) => inFolder(folder, path));
  return {
    outputs: placed(outputs),
    sources: placed(sources),
    whole: placed(whole),
    programs: placed(programs),
    bundles,
  };
}

/** Paths made by hand are outputs as well. */
function placed(paths: readonly string[]): Build {
  const outputs = paths.map((path) => (/[*?{]/.test(path) ? undefined : within("", path)));
  const stray = outputs.findIndex((path) => !path);
  return stray < 0
    ? { ...NOTHING, outputs: outputs.filter((path) => path !== undefined) }
    : unknown(`the build writes to ${paths[stray]}`);
}

/** Packages that are installed by then, whose folder is none of the context; what begins with a dot there is a cache. */
const PACKAGES = /(^|\/)node_modules(\/(?!\.)|$)/;

/** Inside an output, or nothing that was there before. */
function isHarmless(path: string, outputs: readonly string[], project: BuildContext): boolean {
  const [start = "", ...wild] = path.split(/[*?]/);
  const isPattern = wild.length > 0;
  const target = within("", start);
  const place = isPattern ? within("", folderOf(start)) : target;
  if (!target || place === undefined) return false;
  const isMade = (each: string) => outputs.some((output) => isUnder(each, output));
  if (isMade(place)) return true;
  if (PACKAGES.test(start)) return false;
  if (!isPattern) return !project.has(target) && !project.isFolder(target);
  // It may name all that begins like it.
  const named = project.list(place).map((name) => inFolder(place, name));
  return named.filter((each) => each.startsWith(target)).every(isMade);
}
