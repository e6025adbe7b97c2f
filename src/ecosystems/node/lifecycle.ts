/** The project's own scripts that an install runs, and the files that the known ones read. */
import type { BuildContext } from "../../context/types.ts";
import { filesBelow, foldersAbove, inFolder } from "../blocked.ts";
import type { InstallInputs } from "../types.ts";
import { objectOf, type PackageJson } from "./manifest.ts";

/** npm runs all of these without arguments (`@npmcli/arborist`, `npm install` docs); pnpm and yarn run some. */
const LIFECYCLE = [
  ...["pnpm:devPreinstall", "preinstall", "install", "postinstall"],
  ...["prepublish", "preprepare", "prepare", "postprepare"],
  // npm 8 and newer, after what changes node_modules.
  ...["predependencies", "dependencies", "postdependencies"],
];

/** What one known command of a lifecycle script needs: context files, or why it can't be told. */
type Needs = (context: BuildContext, folder: string, script: string, manifest: PackageJson) => Files;
type Files = { readonly files: readonly string[] } | { readonly blocked: string };

const NOTHING: Needs = () => ({ files: [] });

const KNOWN: readonly (readonly [RegExp, Needs])[] = [
  [/^(npx )?(--yes |-y )?only-allow \w+$/, NOTHING],
  [/^(is-ci|true|exit 0|echo [\w .'"!-]*)$/, NOTHING],
  [/^(npx )?husky( install)?( \.\w+)?$/, gitHooks],
  [/^(npx )?simple-git-hooks$/, gitHooks],
  [/^(npx )?patch-package$/, patches],
  [/^(npx )?prisma generate$/, prismaSchema],
];

/** Whether a script writes nothing into packages: it only checks something, or sets up hooks of Git. */
export function leavesPackages(script: string): boolean {
  return commandsOf(script).every((command) =>
    KNOWN.some(([pattern, needs]) => [NOTHING, gitHooks].includes(needs) && pattern.test(command)),
  );
}

function commandsOf(script: string): readonly string[] {
  return script.split(/&&|\|\|/).map((command) => command.trim());
}

/** Files that the lifecycle scripts of `manifest` read; empty where there are none. */
export function lifecycleInputs(context: BuildContext, folder: string, manifest: PackageJson): Files {
  const files: string[] = [];
  for (const name of LIFECYCLE) {
    const script = manifest.scripts.get(name);
    if (script === undefined) continue;
    for (const command of commandsOf(script)) {
      const needs = KNOWN.find(([pattern]) => pattern.test(command))?.[1];
      if (!needs) return { blocked: `the ${name} script of ${manifest.path} runs \`${script}\`` };
      const needed = needs(context, folder, name, manifest);
      if ("blocked" in needed) return needed;
      files.push(...needed.files);
    }
  }
  // npm, yarn and pnpm build a native addon that lies in the project itself; npm 6 runs the scripts in `.hooks`.
  const addon = inFolder(folder, "binding.gyp");
  if (context.has(addon)) return { blocked: `the install compiles ${addon}` };
  const hooks = inFolder(folder, ".hooks");
  return context.isFolder(hooks) ? { blocked: `the install may run the scripts in ${hooks}` } : { files };
}

/** Hooks go into `.git`; where there is none, these tools do nothing. */
export function gitHooks(context: BuildContext, folder: string, script: string, manifest: PackageJson): Files {
  const git = [folder, ...foldersAbove(folder)].map((above) => inFolder(above, ".git"));
  const found = git.find((path) => context.isFolder(path) || context.has(path));
  return found ? { blocked: `the ${script} script of ${manifest.path} sets up git hooks in ${found}` } : { files: [] };
}

function patches(context: BuildContext, folder: string): Files {
  if (context.isLink(inFolder(folder, "patches")))
    return { blocked: `${inFolder(folder, "patches")} is a symbolic link` };
  return { files: filesBelow(context, inFolder(folder, "patches")) };
}

/** The schema that `prisma generate` finds by itself, and the `.env` files that it loads. */
export function prismaSchema(context: BuildContext, folder: string, _script: string, manifest: PackageJson): Files {
  const at = (name: string) => inFolder(folder, name);
  const config = context.list(folder).find((name) => /^prisma\.config\.|^\.config$/.test(name));
  if (config !== undefined) return { blocked: `prisma generate reads ${at(config)}` };
  // What else stands there is for other commands: `seed`.
  const field = manifest.raw.prisma;
  if (field !== undefined && objectOf(field)?.schema !== undefined)
    return { blocked: `prisma generate reads the prisma field of ${manifest.path}` };
  const schema = ["schema.prisma", "prisma/schema.prisma"].map(at).find((path) => context.has(path));
  if (schema === undefined)
    return context.isFolder(at("prisma")) || context.isLink(at("prisma"))
      ? { blocked: `prisma generate finds no schema.prisma in ${at("prisma")}` }
      : { files: [] };
  const text = context.read(schema) ?? "";
  if (/^\s*output\s*=/m.test(text)) return { blocked: `${schema} names an output folder of its own` };
  const provider = [...text.matchAll(/^\s*generator\s+\w+\s*\{[^}]*?provider\s*=\s*"([^"]*)"/gm)].map(
    (match) => match[1],
  );
  const other = provider.find((name) => name !== "prisma-client-js");
  if (other !== undefined) return { blocked: `${schema} runs the generator ${other}` };
  return { files: [schema, ...[".env", "prisma/.env"].map(at).filter((path) => context.has(path))] };
}

export function isBlocked(inputs: Files | InstallInputs): inputs is { readonly blocked: string } {
  return "blocked" in inputs;
}
