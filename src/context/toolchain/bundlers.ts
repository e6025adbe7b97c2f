/** Where bundlers and frameworks write, from their command line and their configuration file. */
import { at, type ConfigFile, isObject, readConfig } from "./config-files.ts";
import { svelteKitBuild } from "./frameworks.ts";
import { objectOf } from "./jsonc.ts";
import { hasOption, optionOf, positionalOf } from "./options.ts";
import { inProject } from "./paths.ts";
import { COMPUTED, type StaticObject, type StaticValue } from "./static-module.ts";
import { type Build, type Made, type Reader, unknown } from "./types.ts";

/** Plugins that leave Vite's output folder alone; frameworks that bring their own are not among them. */
const VITE_PLUGINS =
  /^(node:.*|path|url|fs|vite|vitest\/config|@vitejs\/.*|@tailwindcss\/vite|tailwindcss|autoprefixer|vite-tsconfig-paths|vite-plugin-(svgr|checker|eslint|pwa|compression|vue-devtools)|unplugin-.*|rollup-plugin-visualizer|laravel-vite-plugin(\/inertia-helpers)?)$/;

/** Laravel's plugin writes elsewhere, copies no public folder, and takes the entries from a list instead of a page (laravel-vite-plugin, `resolveOutDir`). */
const LARAVEL = "laravel-vite-plugin";

/** `vite build [ROOT] [--outDir DIR]`: `build.outDir` ("dist", with Laravel's plugin "public/build") under `root`. */
export const readVite: Reader = (words, project) => {
  const [command, root] = positionalOf(words, ["-c", "--config", "--outDir", "-m", "--mode", "--base", "--ssr"]);
  if (command !== "build") return unknown(`\`vite ${command ?? ""}\` is no build`);
  const config = readConfig(project, "vite.config", optionOf(words, "-c", "--config"));
  if (config && "unknown" in config) return config;
  if (config?.imports.includes("@sveltejs/kit/vite")) return svelteKitBuild(project);
  const stranger = config?.imports.find((name) => !VITE_PLUGINS.test(name));
  if (stranger !== undefined) return unknown(`${config?.file} uses ${stranger}, which may write elsewhere`);
  const ssr = hasOption(words, "--ssr");
  const isLaravel = config?.imports.includes(LARAVEL) ?? false;
  if (isLaravel && /\b(public|build|ssrOutput)Directory\b/.test(project.read(config?.file ?? "") ?? ""))
    return unknown(`${config?.file} tells ${LARAVEL} where to write`);
  const usual = isLaravel ? (ssr ? "bootstrap/ssr" : "public/build") : "dist";
  const roots = (config?.configs ?? [{}]).map((settings) => root ?? at(settings, "root") ?? "");
  const folders = roots.flatMap((folder) => (typeof folder === "string" ? (inProject(folder, "") ?? []) : []));
  // All of a folder that is named is the site's; the project folder also holds other things.
  const whole = folders.flatMap((folder) => (folder === "" ? ["index.html", "public", "src"] : [folder]));
  return each(
    config,
    (settings) => {
      const folder = root ?? at(settings, "root") ?? "";
      const outDir = optionOf(words, "--outDir") ?? at(settings, "build", "outDir") ?? usual;
      return [[folder, outDir]];
    },
    // What the page names is found in its place.
    ssr
      ? { bundles: false }
      : isLaravel
        ? { sources: [] }
        : { sources: whole.filter((path) => path !== "index.html"), whole },
  );
};

/** `webpack [--config FILE] [-o DIR]`: `output.path` ("dist"). */
export const readWebpack: Reader = (words, project) => {
  const valued = ["-c", "--config", "-o", "--output-path", "--mode", "--env", "--entry", "--name"];
  const command = positionalOf(words, valued)[0];
  if ((command !== undefined && command !== "build" && command !== "bundle") || hasOption(words, "-w", "--watch"))
    return unknown(`\`webpack ${command ?? "--watch"}\` is no build`);
  const config = readConfig(project, "webpack.config", optionOf(words, "-c", "--config"));
  if (config && "unknown" in config) return config;
  const bundles = config?.configs.every((settings) => at(settings, "externals") === undefined) ?? true;
  const told = optionOf(words, "-o", "--output-path");
  // With `node.__dirname`, and by `import.meta.url`, code looks for files where its source lies.
  const looks = config?.configs.some((settings) => {
    const names = at(settings, "node", "__dirname");
    return names === true || names === COMPUTED;
  });
  const sources = project.files().filter((path) => path.startsWith("src/"));
  const isThere = looks || sources.some((path) => /\bimport\.meta\b/.test(project.read(path) ?? ""));
  return each(config, (settings) => [["", told ?? at(settings, "output", "path") ?? "dist"]], {
    bundles,
    whole: isThere ? [] : ["src"],
  });
};

/** `tsup [ENTRIES] [-d DIR]`: `outDir` ("dist"). It leaves the packages named in `dependencies` as imports. */
export const readTsup: Reader = (words, project) => {
  if (hasOption(words, "--watch", "-w")) return unknown("`tsup --watch` does not end");
  const config = readConfig(project, "tsup.config", optionOf(words, "--config"));
  if (config && "unknown" in config) return config;
  if (objectOf(project.read("package.json"))?.tsup !== undefined)
    return unknown("package.json holds the configuration of tsup");
  const told = optionOf(words, "-d", "--out-dir");
  return each(config, (settings) => [["", told ?? at(settings, "outDir") ?? "dist"]], { bundles: false });
};

/** `rollup -c [FILE] [-d DIR | -o FILE]`: `output.dir` or `output.file`, one or several. */
export const readRollup: Reader = (words, project) => {
  if (hasOption(words, "-w", "--watch")) return unknown("`rollup --watch` does not end");
  const told = optionOf(words, "-d", "--dir") ?? optionOf(words, "-o", "--file");
  const flag = optionOf(words, "-c", "--config");
  const named = flag === undefined || flag.startsWith("-") ? undefined : flag;
  const config = hasOption(words, "-c", "--config") ? readConfig(project, "rollup.config", named) : undefined;
  if (config && "unknown" in config) return config;
  if (!config && told === undefined) return unknown("`rollup` is told no output");
  return each(
    config,
    (settings) => {
      if (told !== undefined) return [["", told]];
      const list: readonly StaticValue[] = Array.isArray(settings.output) ? settings.output : [settings.output];
      return list.map((item): Target => ["", isObject(item) ? (item.dir ?? item.file) : COMPUTED]);
    },
    { bundles: false },
  );
};

/** Create React App's `react-scripts build`: "build", unless `BUILD_PATH` names another folder (its page "Advanced Configuration"). */
export const readReactScripts: Reader = (words, project) => {
  if (words[0] !== "build") return unknown(`\`react-scripts ${words.join(" ")}\` is no build`);
  const naming = [...project.list("").filter((name) => /^\.env(\.|$)/.test(name)), "package.json"];
  const file = naming.find((name) => project.read(name)?.includes("BUILD_PATH"));
  if (file !== undefined) return unknown(`${file} sets BUILD_PATH`);
  return { outputs: ["build"], ...SITE };
};

/** `vue-cli-service build [--dest DIR]`: `outputDir` of vue.config.js ("dist"). */
export const readVueCli: Reader = (words, project) => {
  const [command, ...more] = positionalOf(words, ["--dest", "--mode"]);
  if (command !== "build" || more.length > 0 || hasOption(words, "--watch", "--target"))
    return unknown(`refit does not know \`vue-cli-service ${words.join(" ")}\``);
  const config = readConfig(project, "vue.config", undefined);
  if (config && "unknown" in config) return config;
  const told = optionOf(words, "--dest");
  return each(config, (settings) => [["", told ?? at(settings, "outputDir") ?? "dist"]], SITE);
};

/** Of pages in the browser: all of them and their code is put into the output. */
const SITE = { sources: ["src", "public"], whole: ["src", "public"], bundles: true };

/** Where each configuration writes: a folder and a path in it. */
type Target = readonly [folder: StaticValue, path: StaticValue];
type Targets = (settings: StaticObject) => readonly Target[];

/** No configuration file is one empty configuration: everything as by default. */
function each(config: ConfigFile | undefined, targets: Targets, about: Partial<Made>): Build {
  const outputs: string[] = [];
  for (const [folder, path] of (config?.configs ?? [{}]).flatMap(targets)) {
    const file = config?.file ?? "the command line";
    if (typeof folder !== "string" || typeof path !== "string") return unknown(`${file} computes where it writes`);
    const output = inProject(folder, path);
    if (output === undefined) return unknown(`${file} names ${path}, outside of the project`);
    if (output === "") return unknown(`${file} writes to the project folder itself`);
    outputs.push(output);
  }
  return { outputs, sources: ["src"], bundles: true, ...about };
}
