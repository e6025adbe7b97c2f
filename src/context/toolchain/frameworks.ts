/**
 * Where frameworks write that build a server and its pages: Nuxt, SvelteKit and Astro. What they build names its sources, by which it calls
 * its pages, so that these are none that an output holds whole.
 */
import type { BuildContext } from "../types.ts";
import { readConfig } from "./config-files.ts";
import { positionalOf } from "./options.ts";
import { inProject } from "./paths.ts";
import { COMPUTED, type StaticObject, type StaticValue } from "./static-module.ts";
import { type Build, NOTHING, type Reader, type Unknown, unknown } from "./types.ts";

/** Modules of Nuxt that write nothing beside its outputs. */
const NUXT_MODULES =
  /^(@nuxt\/(devtools|eslint|fonts|icon|image|scripts|test-utils(\/module)?|ui)|@nuxtjs\/(color-mode|i18n|robots|sitemap|tailwindcss)|@pinia\/nuxt|pinia-plugin-persistedstate\/nuxt|@vueuse\/nuxt|@vueuse\/motion\/nuxt|nuxt-icon|shadcn-nuxt|dayjs-nuxt)$/;

/** Settings of Nuxt that neither move folders nor run code. */
const NUXT_SETTINGS = new Set([
  ...["compatibilityDate", "devtools", "modules", "css", "runtimeConfig", "app", "ssr", "typescript", "future"],
  ...["experimental", "components", "imports", "pages", "routeRules", "devServer", "postcss", "tailwindcss", "i18n"],
  ...["pinia", "fonts", "icon", "image", "colorMode", "ui", "eslint", "sourcemap", "telemetry", "router"],
  ...["appConfig", "site", "robots", "sitemap", "shadcn"],
]);

/** Folders that Nuxt looks for by their names (its page "Directory structure"). */
const NUXT_SOURCES = [
  ...["app", "app.vue", "error.vue", "app.config.ts", "assets", "components", "composables", "layouts", "middleware"],
  ...["pages", "plugins", "public", "server", "shared", "utils", "i18n", "locales", "stores", "nuxt.config.ts"],
];

/** Why it is not known what Nuxt writes in `project`; undefined where that is `.nuxt`, and `.output` when it builds. */
export function nuxtBlocker(project: BuildContext): Unknown | undefined {
  const config = readConfig(project, "nuxt.config", undefined);
  if (!config || "unknown" in config) return config;
  const { file, imports } = config;
  const [settings = {}] = config.configs;
  const stranger = imports.find((name) => !/^(nuxt\/config|@tailwindcss\/vite|node:(path|url))$/.test(name));
  if (stranger !== undefined) return unknown(`${file} uses ${stranger}, which may write elsewhere`);
  const setting = Object.keys(settings).find((name) => !NUXT_SETTINGS.has(name));
  if (setting !== undefined) return mayMove(file, setting);
  const module = modulesIn(settings).find((name) => typeof name !== "string" || !NUXT_MODULES.test(name));
  if (typeof module === "string") return unknown(`${file} uses ${module}, which may write elsewhere`);
  if (module !== undefined) return unknown(`${file} computes its configuration`);
  return undefined;
}

function modulesIn({ modules = [] }: StaticObject): readonly StaticValue[] {
  if (!Array.isArray(modules)) return [COMPUTED];
  // With options it is the first of a list.
  return modules.map((each) => (Array.isArray(each) ? each[0] : each));
}

/** `nuxt build`: ".output", and ".nuxt" on the way; `nuxt prepare` writes that alone. */
export const readNuxt: Reader = (words, project) => {
  const [command, ...more] = positionalOf(words, []);
  if ((command !== "build" && command !== "prepare") || words.length > 1 || more.length > 0)
    return strange("nuxt", words);
  const blocker = nuxtBlocker(project);
  if (blocker) return blocker;
  if (command === "prepare") return NOTHING;
  const sources = NUXT_SOURCES.filter((path) => project.has(path) || project.isFolder(path));
  return { outputs: [".output"], sources, bundles: true };
};

function strange(tool: string, words: readonly string[]): Unknown {
  return unknown(`the build runs \`${[tool, ...words].join(" ")}\`, which refit does not know`);
}

function mayMove(file: string | undefined, setting: string): Unknown {
  return unknown(`${file} sets ${setting}, which may say where it writes`);
}

/** Where SvelteKit's adapter writes; undefined where the project has no configuration. */
export function svelteOutput(project: BuildContext): string | Unknown | undefined {
  const file = ["svelte.config.js", "svelte.config.ts"].find((path) => project.has(path));
  if (file === undefined) return undefined;
  const text = project.read(file) ?? "";
  if (!/["']@sveltejs\/adapter-node["']/.test(text)) return unknown(`${file} has no adapter that refit knows`);
  const moves = /\b(outDir|files)\b/.exec(text)?.[0];
  if (moves) return mayMove(file, moves);
  if (!/\bout\b/.test(text)) return "build";
  const folder = inProject("", /\bout\s*:\s*(["'])([\w./-]+)\1/.exec(text)?.[2] ?? "");
  return folder || unknown(`${file} computes where it writes`);
}

/** `vite build` with SvelteKit's plugin: `out` of adapter-node ("build"). */
export function svelteKitBuild(project: BuildContext): Build {
  const output = svelteOutput(project) ?? unknown("svelte.config.js has no adapter that refit knows");
  return typeof output === "string"
    ? { outputs: [output], sources: ["src", "static", "svelte.config.js"], bundles: true }
    : output;
}

/** `svelte-kit sync` writes types for editors. */
export const readSvelteKit: Reader = (words) => (words.join(" ") === "sync" ? NOTHING : strange("svelte-kit", words));

/** Integrations of Astro that write nothing beside its outputs. */
const ASTRO_IMPORTS =
  /^(astro\/config|@astrojs\/(alpinejs|check|markdoc|mdx|node|partytown|preact|react|rss|sitemap|solid-js|svelte|tailwind|vue)|@tailwindcss\/vite|tailwindcss|astro-icon|node:(path|url))$/;

/** `astro build`: `outDir` ("dist"). */
export const readAstro: Reader = (words, project) => {
  const [command] = words;
  if (command === "check" || command === "sync") return NOTHING;
  if (command !== "build" || words.length > 1) return strange("astro", words);
  const config = readConfig(project, "astro.config", undefined);
  if (config && "unknown" in config) return config;
  const stranger = config?.imports.find((name) => !ASTRO_IMPORTS.test(name));
  if (stranger !== undefined) return unknown(`${config?.file} uses ${stranger}, which may write elsewhere`);
  const [settings = {}] = config?.configs ?? [];
  const moved = ["srcDir", "publicDir", "root", "build", "cacheDir"].find((name) => settings[name] !== undefined);
  if (moved) return mayMove(config?.file, moved);
  const { outDir = "dist" } = settings;
  const folder = typeof outDir === "string" ? inProject("", outDir) : undefined;
  if (!folder) return unknown(`${config?.file} computes where it writes`);
  // A server imports packages by their names, pages that are all made ahead none.
  return { outputs: [folder], sources: ["src", "public"], bundles: !config?.imports.includes("@astrojs/node") };
};
