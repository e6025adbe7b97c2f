/** Where compilers that are told on the command line write: esbuild, swc, Babel, ncc, and Nest's own. */
import { asObject, objectOf } from "./jsonc.ts";
import { hasOption, optionOf, positionalOf } from "./options.ts";
import { folderOf, within } from "./paths.ts";
import { readModule } from "./static-module.ts";
import { readTsconfig, tsOutputs } from "./tsconfig.ts";
import { type Build, type Reader, together, unknown } from "./types.ts";

/** `esbuild ENTRY --bundle --outdir=DIR | --outfile=FILE`. */
export const readEsbuild: Reader = (words, project) => {
  if (hasOption(words, "--watch", "--serve")) return unknown("`esbuild --watch` does not end");
  const bundles =
    words.includes("--bundle") &&
    !hasOption(words, "--packages") &&
    !words.some((word) => word.startsWith("--external:"));
  const path = optionOf(words, "--outdir", "--outfile");
  const build = told("esbuild", path, bundles);
  if ("unknown" in build) return build;
  // Source maps, styles and other assets lie beside the file.
  const folder = folderOf(build.outputs[0] ?? "");
  const isOwn = !hasOption(words, "--outfile") || folder === "" || project.isFolder(folder);
  const extra = [
    ...(hasOption(words, "--outfile") && /^(--sourcemap|--sourcemap=(linked|external|both))$/m.test(words.join("\n"))
      ? [`${path}.map`]
      : []),
    ...(optionOf(words, "--metafile") === undefined ? [] : [optionOf(words, "--metafile") ?? ""]),
  ].flatMap((file) => within("", file) ?? []);
  return { ...build, outputs: [...(isOwn ? build.outputs : [folder]), ...extra] };
};

/** What a script may load that only calls esbuild, and writes nothing itself. */
const WITH_ESBUILD = /^(esbuild(-node-externals)?|(node:)?(path|url|process))$/;

/** `node build.mjs`, a script that hands esbuild an `outdir` or `outfile` in plain words. */
export const readNodeScript: Reader = (words, project) => {
  const [written = "", ...more] = words;
  const file = within("", written) ?? "";
  const text = project.read(file) ?? "";
  const shown = `the build runs \`node ${words.join(" ")}\`, which refit does not know`;
  const imports = readModule(text, file)?.imports ?? [];
  const stranger = imports.find((name) => !WITH_ESBUILD.test(name));
  if (more.length > 0 || !imports.includes("esbuild") || stranger !== undefined) return unknown(shown);
  const named = [...text.matchAll(/\b(?:outdir|outfile)\s*:\s*([^,}\n]+)/g)].map(([, value = ""]) => value.trim());
  const paths = named.map((value) => /^["'`]([\w./-]+)["'`]$/.exec(value)?.[1]);
  const bundles = /\bbundle\s*:\s*true\b/.test(text) && !/\b(external|packages)\s*:|-externals\b/.test(text);
  const build = together(paths.map((path) => told("esbuild", path, bundles)));
  if ("unknown" in build) return build;
  // Source maps, styles and other assets lie beside a file.
  const outputs = build.outputs.map((path) => (/\.[cm]?js$/.test(path) ? folderOf(path) : path));
  return outputs.length === 0 || outputs.includes("")
    ? unknown(shown)
    : { outputs, sources: ["src"], whole: [file], bundles };
};

/** `swc FOLDER -d DIR`. */
export const readSwc: Reader = (words) =>
  hasOption(words, "-w", "--watch")
    ? unknown("`swc --watch` does not end")
    : compiled("swc", words, ["-d", "--out-dir", "-o", "--out-file", "--config-file", "--only", "--ignore"]);

/** `babel FOLDER -d DIR`. */
export const readBabel: Reader = (words) =>
  hasOption(words, "-w", "--watch")
    ? unknown("`babel --watch` does not end")
    : compiled("babel", words, [
        "-d",
        "--out-dir",
        "-o",
        "--out-file",
        "--config-file",
        "--presets",
        "--plugins",
        "-x",
        "--extensions",
        "--ignore",
        "--only",
        "--source-maps",
      ]);

/** `ncc build ENTRY -o DIR` ("dist"). */
export const readNcc: Reader = (words) => {
  const [command] = positionalOf(words, ["-o", "--out", "-e", "--external"]);
  if (command !== "build") return unknown(`\`ncc ${command ?? ""}\` is no build`);
  return told("ncc", optionOf(words, "-o", "--out") ?? "dist", !hasOption(words, "-e", "--external"));
};

/** `nest build`: `compilerOptions.tsConfigPath` of nest-cli.json, else tsconfig.build.json, else tsconfig.json. */
export const readNest: Reader = (words, project) => {
  const [command, app] = positionalOf(words, ["-p", "--path", "-c", "--config", "-b", "--builder"]);
  if (command !== "build" || app !== undefined) return unknown(`refit does not know \`nest ${words.join(" ")}\``);
  if (hasOption(words, "-w", "--watch", "-p", "--path", "-c", "--config", "-b", "--builder", "--webpack"))
    return unknown(`refit does not know \`nest ${words.join(" ")}\``);
  const text = project.read("nest-cli.json");
  const config = text === undefined ? {} : objectOf(text);
  if (!config) return unknown("nest-cli.json is not valid JSON");
  const options = asObject(config.compilerOptions) ?? {};
  if (config.projects !== undefined) return unknown("nest-cli.json describes several projects");
  if (options.webpack === true || (options.builder ?? "tsc") !== "tsc")
    return unknown("nest-cli.json asks for a builder other than tsc");
  const named = typeof options.tsConfigPath === "string" ? options.tsConfigPath : undefined;
  const usual = project.has("tsconfig.build.json") ? "tsconfig.build.json" : "tsconfig.json";
  const tsconfig = readTsconfig(project, named ?? usual);
  return "unknown" in tsconfig ? tsconfig : tsOutputs(tsconfig, project);
};

/** What is named beside the options is compiled, file by file. */
function compiled(tool: string, words: readonly string[], valued: readonly string[]): Build {
  const build = told(tool, optionOf(words, "-d", "--out-dir", "-o", "--out-file"), false);
  if ("unknown" in build) return build;
  const sources = positionalOf(words, valued).flatMap((path) => within("", path) || []);
  return { ...build, sources, whole: sources };
}

/**
 * `prisma generate`: the client goes into node_modules, or where the `output` of its generator says, from the schema's folder. Other
 * generators write elsewhere (Prisma's page "Generators").
 */
export const readPrisma: Reader = (words, project) => {
  const shown = `prisma ${words.join(" ")}`;
  if (words[0] !== "generate") return unknown(`refit does not know \`${shown}\``);
  const usual = ["schema.prisma", "prisma/schema.prisma"].find((path) => project.has(path));
  const schema = optionOf(words, "--schema") ?? usual;
  const text = schema === undefined ? undefined : project.read(schema.replace(/^\.\//, ""));
  const isSet = project.list("").some((name) => /^prisma\.config\./.test(name));
  if (schema === undefined || text === undefined || isSet)
    return unknown(`\`${shown}\` reads a schema that refit does not find`);
  const outputs: string[] = [];
  for (const [, generator = ""] of text.matchAll(/^\s*generator\s+\w+\s*\{([^}]*)\}/gm)) {
    if (!/^\s*provider\s*=\s*"prisma-client-js"/m.test(generator))
      return unknown(`${schema} runs a generator that refit does not know`);
    const named = /^\s*output\s*=\s*(.*)$/m.exec(generator)?.[1];
    const folder = named === undefined ? "node_modules/.prisma" : /^"([^"]+)"/.exec(named)?.[1];
    const output = folder && (named === undefined ? folder : within(folderOf(schema), folder));
    if (!output) return unknown(`the \`output\` in ${schema} is no folder of the project`);
    outputs.push(output);
  }
  return { outputs, sources: [], bundles: true };
};

function told(tool: string, path: string | undefined, bundles: boolean): Build {
  const output = path === undefined ? undefined : within("", path);
  if (output === undefined) return unknown(`\`${tool}\` is told no output inside the project`);
  return output === ""
    ? unknown(`\`${tool}\` writes to the project folder itself`)
    : { outputs: [output], sources: ["src"], bundles };
}
