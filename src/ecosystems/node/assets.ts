/** What is left in a project of another language by the tools that make its scripts and styles. */
import { type BuildContext, inFolder, isUnder } from "../../context/index.ts";
import { baseName } from "../../shell/index.ts";
import { Decline } from "../decline.ts";
import { startedIn } from "../started.ts";
import type { BuildWork, InstallInputs, WorkCommand } from "../types.ts";
import { runsScripts } from "./beside.ts";
import { checkInstall, isInstall } from "./built-app.ts";
import { filesAround, madeBy, partsOf } from "./parts.ts";
import { NODE_PROGRAMS } from "./tooling.ts";

const READ = [
  ...["node_modules", "package.json", "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"],
  ...[
    "bun.lockb",
    "bun.lock",
    ".npmrc",
    ".yarnrc",
    ".yarnrc.yml",
    ".browserslistrc",
    "webpack.mix.js",
    "webpack.config.js",
  ],
  ...["tailwind.config.js", "tailwind.config.ts", "postcss.config.js", "postcss.config.cjs", "vite.config.js"],
  ...["vite.config.ts", "vite.config.mjs", "babel.config.js", "gulpfile.js", "Gruntfile.js", "rollup.config.js"],
  ...["resources/js", "resources/css", "resources/sass", "resources/scss", "resources/less", "resources/ts"],
];

/** Folders of a framework with what is compiled for browsers. */
const SOURCES =
  /(^|\/)(app\/(javascript|frontend|assets\/(javascripts|stylesheets))|resources\/(js|css|sass|scss|less|ts))(\/|$)/;

/** Whether tools of Node alone read the file or folder `path` of a project: where there is no Node, nothing does. */
export function isForNode(path: string): boolean {
  return SOURCES.test(path) || READ.some((name) => path === name || path.endsWith(`/${name}`));
}

/**
 * Paths in the project that only `tools`, those of the commands of `work` that are Node's, read or left there; none where the container runs
 * JavaScript. `inputsOf` tells what an install reads in a project. Throws a `Decline`.
 */
export function assetsOf(
  work: BuildWork,
  tools: BuildWork["commands"],
  inputsOf: (command: WorkCommand, project: BuildContext) => InstallInputs,
): readonly string[] {
  const parts = partsOf({ ...work, commands: tools });
  if (!parts.every(({ work: { project } }) => project.has("package.json")))
    throw new Decline("no-manifest", "tools for assets install without a package.json that refit can read");
  for (const { work } of parts)
    for (const command of work.commands.filter(isInstall)) checkInstall(inputsOf(command, work.project));
  const sources = parts.flatMap((part) => {
    const { folder } = part;
    const { bundled } = madeBy(part);
    return folder === "" ? [] : bundled.filter((path) => path === "src").map((path) => inFolder(folder, path));
  });
  const { programs } = startedIn(work);
  const isNode = programs.some(({ tool }) => NODE_PROGRAMS.includes(baseName(tool)));
  if (isNode || runsScripts(work.finished)) return [];
  const all = [...parts.flatMap(({ folder }) => READ.map((path) => inFolder(folder, path))), ...sources];
  const folders = parts.map(({ folder }) => folder).filter((folder) => folder !== "");
  const around = filesAround(parts, work.finished).filter((path) => !isForNode(path));
  const texts = [...around.flatMap((path) => work.finished.read(path) ?? []), ...work.settings, ...work.words];
  const isNamed = (path: string) => {
    const pattern = inPieces(path);
    return texts.some((text) => pattern.test(text));
  };
  return all.filter((path) => !folders.some((folder) => isUnder(path, folder) && (isNamed(folder) || isNamed(path))));
}

/** A path with nothing behind it, also where code puts it together: `BASE / "pages" / "src"`, `join(base, "pages", "src")`. */
function inPieces(path: string): RegExp {
  const [first, ...more] = path.split("/").map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(
    `(^|["'/ =:])${[first, ...more].join(`["']?\\s*[,/]\\s*["']?`)}(?!/[\\w.])(?!["']\\s*[,/]\\s*["'][\\w.])(?![\\w.-])`,
    "m",
  );
}
