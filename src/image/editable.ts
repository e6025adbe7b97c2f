/** Which files of a build context people edit: sources every hour, manifests now and then. */
import { posix } from "node:path";
import type { BuildContext } from "../context/index.ts";
import { declaredFiles, installInputsOf } from "../ecosystems/index.ts";
import type { Facts, Step } from "./types.ts";

/** Files that say what to install, by the names that package managers look for. */
const MANIFEST = new RegExp(
  `^(${[
    ...["package\\.json", "package-lock\\.json", "npm-shrinkwrap\\.json", "yarn\\.lock", "pnpm-lock\\.yaml"],
    ...["pnpm-workspace\\.yaml", "\\.npmrc", "\\.yarnrc(\\.yml)?", "bun\\.lockb?"],
    ...["requirements.*\\.(txt|in)", "constraints.*\\.txt", "pyproject\\.toml", "poetry\\.lock", "uv\\.lock"],
    ...["Pipfile(\\.lock)?", "setup\\.(py|cfg)", "environment\\.ya?ml"],
    ...[
      "go\\.(mod|sum|work|work\\.sum)",
      "Cargo\\.(toml|lock)",
      "Gemfile(\\.lock)?",
      ".*\\.gemspec",
      "\\.ruby-version",
    ],
    ...["composer\\.(json|lock)", "pom\\.xml", ".*\\.gradle(\\.kts)?", "gradle\\.properties", "libs\\.versions\\.toml"],
    ...[".*\\.(cs|fs|vb)proj", ".*\\.sln", "packages\\.lock\\.json", "NuGet\\.Config", "mix\\.(exs|lock)"],
    ...["stack\\.yaml(\\.lock)?", ".*\\.cabal"],
  ].join("|")})$`,
  "i",
);

/** Files that are about the build and its tests, and no part of what is built. */
const OF_THE_BUILD = /^(.*\.)?(Dockerfile|Containerfile)(\..*)?$|^\.dockerignore$/i;

/** Whether package managers look for a file of this name, to know what to install. */
export function isManifest(path: string): boolean {
  const name = posix.basename(path);
  declared ??= matcherOf(
    declaredFiles()
      .filter(({ role, name }) => role !== "sources" && !name.includes("/"))
      .map(({ name }) => name),
  );
  return MANIFEST.test(name) || declared.test(name);
}

let declared: RegExp | undefined;

function matcherOf(patterns: readonly string[]): RegExp {
  const sources = patterns.map((pattern) => {
    const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return parts.join(".*");
  });
  return new RegExp(`^(${[...new Set(sources)].join("|")})$`, "i");
}

/** Files of the context that are neither manifests, nor read by an install that one of the Dockerfiles runs, nor about the build. */
export function sourcesOf(context: BuildContext, dockerfiles: readonly Facts[]): string[] {
  const files = context.files().filter((path) => !context.isLink(path));
  const folders = new Set(files.filter(isManifest).map((path) => posix.dirname(path).replace(/^\.$/, "")));
  const inputs = new Set(dockerfiles.flatMap(installStepsOf).flatMap((step) => inputsOf(step, context, folders)));
  return files.filter((path) => !isManifest(path) && !inputs.has(path) && !OF_THE_BUILD.test(posix.basename(path)));
}

/** Steps that install an app's dependencies. */
export function installStepsOf({ stages }: Facts): readonly Step[] {
  return stages.flatMap(({ steps }) => steps.filter(isInstall));
}

function isInstall({ invocations }: Step): boolean {
  return invocations.some(({ purpose }) => purpose === "dependencies");
}

/** What the installs of a step read, whichever of the folders they work in. */
function inputsOf({ invocations, before }: Step, context: BuildContext, folders: ReadonlySet<string>): string[] {
  return invocations
    .filter(({ purpose }) => purpose === "dependencies")
    .flatMap((invocation) =>
      [...folders].flatMap((folder) => {
        const inputs = installInputsOf(invocation, context, folder, {
          cwd: before.cwd,
          env: before.env,
          base: undefined,
        });
        return "blocked" in inputs ? [] : inputs.files.map((path) => posix.join(folder, path));
      }),
    );
}

/** Folders that hold no code of the program itself, and those that do. */
const ASIDE = /(^|\/)(tests?|specs?|__tests__|docs?|examples?|scripts|public|static|assets|\.[^/]+)\//i;
const MAIN = /^(src|app|lib|cmd|internal|pkg|server|source)\//;
const CODE =
  /\.([cm]?[jt]sx?|vue|svelte|py|go|rs|java|kts?|scala|rb|php|cs|fs|vb|exs?|erl|hs|c|cc|cpp|h|hpp|swift|dart)$/;

/** Types of what is written elsewhere. */
const TYPES = /\.d\.[cm]?ts$/;

/** Sources, the likeliest to be edited first: the program's own code before tests, assets and documents. */
export function likelySources(facts: Facts): readonly string[] {
  if (!facts.context) return [];
  const rank = (path: string) =>
    (CODE.test(path) ? 0 : 8) + (ASIDE.test(path) || TYPES.test(path) ? 4 : 0) + (MAIN.test(path) ? 0 : 2);
  return inOrder(sourcesOf(facts.context, [facts]), rank);
}

/** Manifests, the likeliest to be edited first: at the root, and those that people write before those that tools write. */
export function likelyManifests({ context }: Facts): readonly string[] {
  const manifests = context?.files().filter((path) => isManifest(path) && !context.isLink(path)) ?? [];
  const rank = (path: string) =>
    2 * path.split("/").length + (/lock|\.sum$|shrinkwrap|rc(\.|$)|^\.|version/i.test(path) ? 1 : 0);
  return inOrder(manifests, rank);
}

function inOrder(paths: readonly string[], rank: (path: string) => number): string[] {
  return [...paths].sort((a, b) => rank(a) - rank(b) || a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
}
