/** The project's own scripts that an install runs, and the files that the known ones read. */
import { below, nuxtBlocker, svelteOutput } from "../../context/index.ts";
import type { BuildContext } from "../../context/types.ts";
import { filesBelow, foldersAbove, inFolder } from "../blocked.ts";
import { objectOf, type PackageJson } from "./manifest.ts";

/** npm runs all of these without arguments (`@npmcli/arborist`, `npm install` docs); pnpm and yarn run some. */
const LIFECYCLE = [
  ...["pnpm:devPreinstall", "preinstall", "install", "postinstall"],
  ...["prepublish", "preprepare", "prepare", "postprepare"],
  // npm 8 and newer, after what changes node_modules.
  ...["predependencies", "dependencies", "postdependencies"],
];

/** What one known command of a lifecycle script needs: context files, or why it can't be told. */
type Needs = (context: BuildContext, folder: string, script: string, manifest: PackageJson) => ScriptFiles;
/** Files that a script of a project reads. */
export type ScriptFiles =
  | { readonly files: readonly string[] }
  /** `writes` is all that it leaves, where at least that is known. */
  | { readonly blocked: string; readonly writes?: readonly string[] };

const NOTHING: Needs = () => ({ files: [] });

const KNOWN: readonly (readonly [RegExp, Needs])[] = [
  [/^(npx )?(--yes |-y )?only-allow \w+$/, NOTHING],
  [/^(is-ci|true|exit 0|echo [\w .'"!-]*)$/, NOTHING],
  [/^(npx )?husky( install)?( \.\w+)?$/, gitHooks],
  [/^(npx )?simple-git-hooks$/, gitHooks],
  [/^(npx )?patch-package$/, patches],
  [/^(npx )?prisma generate$/, prismaSchema],
  [/^(npx )?nuxt prepare$/, nuxtTypes],
  [
    /^(npx )?svelte-kit sync$/,
    (context, folder, script, { path }) => svelteTypes(context, folder, `the ${script} script of ${path}`),
  ],
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
export function lifecycleInputs(context: BuildContext, folder: string, manifest: PackageJson): ScriptFiles {
  const found: ScriptFiles[] = [];
  for (const name of LIFECYCLE) {
    const script = manifest.scripts.get(name);
    if (script === undefined) continue;
    for (const command of commandsOf(script)) {
      const needs = KNOWN.find(([pattern]) => pattern.test(command))?.[1];
      if (!needs) return { blocked: `the ${name} script of ${manifest.path} runs \`${script}\`` };
      const needed = needs(context, folder, name, manifest);
      if (isUnknown(needed)) return needed;
      found.push(needed);
    }
  }
  // npm, yarn and pnpm build a native addon that lies in the project itself; npm 6 runs the scripts in `.hooks`.
  const addon = inFolder(folder, "binding.gyp");
  if (context.has(addon)) return { blocked: `the install compiles ${addon}` };
  const hooks = inFolder(folder, ".hooks");
  return context.isFolder(hooks) ? { blocked: `the install may run the scripts in ${hooks}` } : filesOfAll(found);
}

/** Whether it is not even known what a script leaves. */
export function isUnknown(found: ScriptFiles): boolean {
  return "blocked" in found && found.writes === undefined;
}

/** What several scripts read; where that is not known of one, why, and what all of that kind leave. */
export function filesOfAll(found: readonly ScriptFiles[]): ScriptFiles {
  const blocked = found.flatMap((each) => ("blocked" in each ? [each] : []));
  const first = blocked.find(isUnknown) ?? blocked[0];
  if (!first) return { files: [...new Set(found.flatMap((each) => ("blocked" in each ? [] : each.files)))] };
  return isUnknown(first) ? first : { ...first, writes: blocked.flatMap(({ writes = [] }) => writes) };
}

/** Hooks go into `.git`; where there is none, these tools do nothing. */
export function gitHooks(context: BuildContext, folder: string, script: string, manifest: PackageJson): ScriptFiles {
  const git = [folder, ...foldersAbove(folder)].map((above) => inFolder(above, ".git"));
  const found = git.find((path) => context.isFolder(path) || context.has(path));
  return found ? { blocked: `the ${script} script of ${manifest.path} sets up git hooks in ${found}` } : { files: [] };
}

/** Types for editors, made of all sources (measured with Nuxt 3.14). */
function nuxtTypes(context: BuildContext, folder: string, script: string, { path }: PackageJson): ScriptFiles {
  const isKnown = nuxtBlocker(below(context, folder)) === undefined;
  return ofSources(
    `the ${script} script of ${path}`,
    "nuxt prepare",
    isKnown ? [inFolder(folder, ".nuxt")] : undefined,
  );
}

/** The same of SvelteKit, which does nothing where there is no configuration yet (measured with 2.9). `whose` script it is. */
export function svelteTypes(context: BuildContext, folder: string, whose: string): ScriptFiles {
  const output = svelteOutput(below(context, folder));
  if (output === undefined) return { files: [] };
  const isKnown = typeof output === "string";
  return ofSources(whose, "svelte-kit sync", isKnown ? [inFolder(folder, ".svelte-kit")] : undefined);
}

function ofSources(whose: string, command: string, writes: readonly string[] | undefined): ScriptFiles {
  const blocked = `${whose} runs \`${command}\`, which reads the sources`;
  return writes ? { blocked, writes } : { blocked };
}

function patches(context: BuildContext, folder: string): ScriptFiles {
  if (context.isLink(inFolder(folder, "patches")))
    return { blocked: `${inFolder(folder, "patches")} is a symbolic link` };
  return { files: filesBelow(context, inFolder(folder, "patches")) };
}

/** The schema that `prisma generate` finds by itself, and the `.env` files that it loads. */
export function prismaSchema(
  context: BuildContext,
  folder: string,
  _script: string,
  manifest: PackageJson,
): ScriptFiles {
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
