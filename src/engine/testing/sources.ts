import { posix } from "node:path";
import type { BuildContext } from "../../context/index.ts";
import { parseDockerfile } from "../../dockerfile/index.ts";
import { installInputsOf } from "../../ecosystems/index.ts";
import { type Facts, factsOf, type Step } from "../../image/index.ts";

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

/** Files of the context that are neither manifests, nor read by an install that one of the Dockerfiles runs, nor about the build. */
export function sourcesOf(context: BuildContext, dockerfiles: readonly Facts[]): string[] {
  const files = context.files().filter((path) => !context.isLink(path));
  const isManifest = (path: string) => MANIFEST.test(posix.basename(path));
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

/** Whether a step, as BuildKit prints it, installs dependencies. Of a heredoc it prints the beginning, in parentheses. */
export function installs(instruction: string): boolean {
  const script = instruction.replace(/<<-?["']?\w+["']? \((.*?)(\.\.\.)?\)$/s, "$1");
  const { stages } = factsOf(parseDockerfile(`FROM scratch\n${script.replaceAll("\n", " ")}\n`));
  return stages.some(({ steps }) => steps.some(isInstall));
}
