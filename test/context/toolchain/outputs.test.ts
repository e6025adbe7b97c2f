import { describe, expect, test } from "vitest";
import { buildOf, leavesOf, memoryContext } from "../../../src/context/index.ts";

type Files = Record<string, string>;

/** What `command` makes in a project of `files`; the reason as a string where that is not known. */
function build(command: string, files: Files) {
  const project = memoryContext(files);
  const leaves = leavesOf(command.split(" "), project);
  if ("unknown" in leaves) return leaves.unknown;
  const made = buildOf(leaves, project);
  return "unknown" in made ? made.unknown : made;
}

const outputs = (command: string, files: Files) => {
  const made = build(command, files);
  return typeof made === "string" ? made : made.outputs;
};
const scripts = (commands: Record<string, string>) => JSON.stringify({ scripts: commands });
const tsconfig = (compilerOptions: object, more: object = {}) => JSON.stringify({ compilerOptions, ...more });

describe("tsc", () => {
  test("outDir is read from a file with comments and trailing commas", () => {
    const config = '{\n  // where it goes\n  "compilerOptions": { "outDir": "./dist", /* "outDir": "x" */ },\n}';
    expect(outputs("tsc", { "tsconfig.json": config, "src/a.ts": "" })).toEqual(["dist"]);
  });
  test("a URL in a string is no comment", () => {
    const config = '{ "$schema": "https://example.org/tsconfig", "compilerOptions": { "outDir": "lib" } }';
    expect(outputs("tsc", { "tsconfig.json": config })).toEqual(["lib"]);
  });
  test("outDir is relative to the file that holds it, through extends", () => {
    const files = {
      "tsconfig.json": '{ "extends": "./config/base" }',
      "config/base.json": tsconfig({ outDir: "../build" }),
    };
    expect(outputs("tsc", files)).toEqual(["build"]);
  });
  test("${configDir} is the folder of the file that extends", () => {
    const files = {
      "tsconfig.json": '{ "extends": "./config/base.json" }',
      "config/base.json": tsconfig({ outDir: "${configDir}/build" }),
    };
    expect(outputs("tsc", files)).toEqual(["build"]);
  });
  test("the last of several bases wins, and the file itself wins over all", () => {
    const base = { "a.json": tsconfig({ outDir: "a" }), "b.json": tsconfig({ outDir: "b" }) };
    expect(outputs("tsc", { "tsconfig.json": '{ "extends": ["./a.json", "./b.json"] }', ...base })).toEqual(["b"]);
    const own = JSON.stringify({ extends: ["./a.json", "./b.json"], compilerOptions: { outDir: "own" } });
    expect(outputs("tsc", { "tsconfig.json": own, ...base })).toEqual(["own"]);
  });
  test("-p names another file or folder, --outDir wins over the file", () => {
    const files = {
      "tsconfig.build.json": tsconfig({ outDir: "out" }),
      "server/tsconfig.json": tsconfig({ outDir: "d" }),
    };
    expect(outputs("tsc -p tsconfig.build.json", files)).toEqual(["out"]);
    expect(outputs("tsc --project=server", files)).toEqual(["server/d"]);
    expect(outputs("tsc -p tsconfig.build.json --outDir lib", files)).toEqual(["lib"]);
  });
  test("folders that include names are the sources", () => {
    const files = { "src/a.ts": "", "public/a.html": "", "test/a.ts": "" };
    const made = build("tsc", { "tsconfig.json": tsconfig({ outDir: "dist" }, { include: ["src/**/*"] }), ...files });
    expect(made).toMatchObject({ sources: ["src"], bundled: [] });
    const all = build("tsc", { "tsconfig.json": tsconfig({ outDir: "dist" }), ...files });
    expect(all).toMatchObject({ sources: ["public", "src", "test"] });
  });
  test("nothing is written with noEmit", () => {
    expect(outputs("tsc --noEmit", { "tsconfig.json": tsconfig({ outDir: "dist" }) })).toEqual([]);
    expect(outputs("tsc", { "tsconfig.json": tsconfig({ outDir: "dist", noEmit: true }) })).toEqual([]);
  });
  test("references are compiled with --build alone", () => {
    const app = tsconfig({ noEmit: true, tsBuildInfoFile: "./node_modules/.tmp/app.tsbuildinfo" });
    const files = {
      "tsconfig.json": '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./server" }] }',
      "tsconfig.app.json": app,
      "server/tsconfig.json": tsconfig({ outDir: "../dist" }, { references: [{ path: "../tsconfig.app.json" }] }),
      "server/a.ts": "",
    };
    expect(outputs("tsc -b", files)).toEqual(["dist"]);
    expect(outputs("tsc", files)).toEqual([]);
    expect(outputs("tsc -b tsconfig.app.json", files)).toEqual([]);
    expect(outputs("tsc --build tsconfig.app.json server", files)).toEqual(["dist"]);
    expect(outputs("tsc -b --clean", files)).toEqual([]);
  });
  test("unknown bases and missing files are unknown", () => {
    expect(build("tsc -b", { "tsconfig.json": '{ "references": [{ "path": "a" }] }' })).toMatch("names no `outDir`");
    expect(
      build("tsc", { "tsconfig.json": '{ "extends": "@acme/tsconfig", "compilerOptions": {"outDir":"d"} }' }),
    ).toMatch("@acme/tsconfig");
    expect(build("tsc", {})).toMatch("tsconfig.json is not in the build context");
    expect(build("tsc", { "tsconfig.json": tsconfig({}) })).toMatch("names no `outDir`");
    expect(build("tsc", { "tsconfig.json": tsconfig({ outDir: "../elsewhere" }) })).toMatch("names no `outDir`");
  });
  test("a published base that emits as usual is fine", () => {
    const config = '{ "extends": "@tsconfig/node20/tsconfig.json", "compilerOptions": {"outDir":"dist"} }';
    expect(outputs("tsc", { "tsconfig.json": config })).toEqual(["dist"]);
  });
});

describe("vite", () => {
  test("writes to dist unless told otherwise", () => {
    expect(outputs("vite build", {})).toEqual(["dist"]);
    expect(outputs("vite build --outDir public/app", {})).toEqual(["public/app"]);
  });
  test("build.outDir lies under root", () => {
    const config = `import { defineConfig } from "vite";
      import react from "@vitejs/plugin-react";
      export default defineConfig({ plugins: [react()], root: "client", build: { outDir: "../dist/client" } });`;
    expect(outputs("vite build", { "vite.config.ts": config })).toEqual(["dist/client"]);
  });
  test("paths made with path.resolve and import.meta are read", () => {
    const config = `import path from "node:path";
      import { fileURLToPath } from "node:url";
      const here = path.dirname(fileURLToPath(import.meta.url));
      export default { build: { outDir: path.resolve(here, "build") } };`;
    expect(outputs("vite build", { "vite.config.mjs": config })).toEqual(["build"]);
  });
  test("a function that only returns a configuration is looked through", () => {
    const config = "export default ({ mode }) => ({ build: { outDir: `out` }, define: { mode } });";
    expect(outputs("vite build", { "vite.config.js": config })).toEqual(["out"]);
  });
  test("Laravel's plugin has folders of its own", () => {
    const config =
      'import laravel from "laravel-vite-plugin"; export default { plugins: [laravel(["resources/app.js"])] };';
    expect(build("vite build", { "vite.config.js": config })).toMatchObject({ outputs: ["public/build"], sources: [] });
    expect(outputs("vite build --ssr", { "vite.config.js": config })).toEqual(["bootstrap/ssr"]);
    const told = config.replace("laravel([", 'laravel({ buildDirectory: "assets" }, [');
    expect(outputs("vite build", { "vite.config.js": told })).toMatch("tells laravel-vite-plugin where to write");
  });
  test("computed values and frameworks are unknown", () => {
    const computed = "export default { build: { outDir: process.env.OUT } };";
    expect(build("vite build", { "vite.config.js": computed })).toMatch("vite.config.js computes where it writes");
    const framework = 'import { remix } from "@remix-run/dev"; export default { plugins: [remix()] };';
    expect(build("vite build", { "vite.config.js": framework })).toMatch("@remix-run/dev");
    const branch = "export default ({ mode }) => { if (mode) return {}; return { build: { outDir: 'x' } }; };";
    expect(build("vite build", { "vite.config.js": branch })).toMatch("computes its configuration");
  });
  test("vite preview builds nothing", () => {
    expect(build("vite preview", {})).toMatch("no build");
  });
});

describe("webpack", () => {
  const config = (path: string) =>
    `const path = require("path");\nconst out = "built";\nmodule.exports = { output: { path: ${path} } };`;
  test.each([
    ["path.resolve(__dirname, 'public', 'js')", ["public/js"]],
    ["path.join(__dirname, out)", ["built"]],
    ["__dirname + '/x'", "webpack.config.js computes where it writes"],
    ["'/srv/app'", ["srv/app"]],
  ])("output.path %s", (path, expected) => {
    expect(outputs("webpack --mode production", { "webpack.config.js": config(path) })).toEqual(expected);
  });
  test("several configurations, a spread and an assignment", () => {
    const several = "module.exports = [{ output: { path: __dirname + 1 } }]".replace("__dirname + 1", "__dirname");
    expect(build("webpack", { "webpack.config.js": several })).toMatch("project folder itself");
    const spread = "const base = require('./base'); module.exports = { output: { path: 'x' }, ...base };";
    expect(build("webpack", { "webpack.config.js": spread })).toMatch("computes");
    const touched = "const c = { output: {} }; c.output.path = '/x'; module.exports = c;";
    expect(build("webpack", { "webpack.config.js": touched })).toMatch("computes");
  });
  test("externals leave packages to be found at run time", () => {
    expect(build("webpack", { "webpack.config.js": "module.exports = { externals: [x()] }" })).toMatchObject({
      bundled: [],
    });
    expect(build("webpack", { "webpack.config.js": "module.exports = {}" })).toMatchObject({
      bundled: ["src"],
      outputs: ["dist"],
    });
  });
  test("where code keeps the place of its source, it may look for files there", () => {
    const names = "module.exports = { node: { __dirname: true } }";
    expect(build("webpack", { "webpack.config.js": names })).toMatchObject({ whole: [] });
    expect(build("webpack", { "webpack.config.js": names.replace("true", "false") })).toMatchObject({ whole: ["src"] });
    expect(build("webpack", { "src/page.js": "readFileSync(fileURLToPath(import.meta.url));" })).toMatchObject({
      whole: [],
    });
  });
});

describe("other tools", () => {
  test.each<[string, Files, readonly string[] | string]>([
    [
      "tsup",
      { "tsup.config.ts": "import { defineConfig } from 'tsup'; export default defineConfig({ outDir: 'lib' })" },
      ["lib"],
    ],
    ["tsup src/a.ts -d out", {}, ["out"]],
    ["rollup -c", { "rollup.config.js": "export default { output: { file: 'build/a.js' } }" }, ["build/a.js"]],
    [
      "rollup -c",
      { "rollup.config.mjs": "export default { output: [{ dir: 'esm' }, { dir: 'cjs' }] }" },
      ["esm", "cjs"],
    ],
    ["next build", {}, [".next"]],
    ["next build", { "next.config.js": "module.exports = { distDir: 'build' }" }, ["build"]],
    [
      "next build",
      { "next.config.mjs": "/** @type {X} */\nconst c = { output: 'standalone' };\nexport default c;" },
      [".next"],
    ],
    ["next build", { "next.config.mjs": "export default { output: 'export' }" }, [".next", "out"]],
    ["next build", { "next.config.js": "module.exports = withX({})" }, "next.config.js computes its configuration"],
    ["next build", { "next.config.ts": "export default {}" }, [".next"]],
    ["nest build", { "tsconfig.json": tsconfig({ outDir: "./dist" }) }, ["dist"]],
    ["nest build", { "nest-cli.json": '{"projects":{}}' }, "nest-cli.json describes several projects"],
    ["esbuild src/a.ts --bundle --outfile=out/a.js", {}, ["out"]],
    ["esbuild src/a.ts --bundle --outfile=out/a.js --sourcemap --metafile=meta.json", {}, ["out", "meta.json"]],
    ["esbuild src/a.ts --outfile=a.js --sourcemap", {}, ["a.js", "a.js.map"]],
    [
      "esbuild src/a.ts --outfile=public/a.js --sourcemap",
      { "public/index.html": "" },
      ["public/a.js", "public/a.js.map"],
    ],
    ["esbuild src/a.ts --outdir=out --watch", {}, "`esbuild --watch` does not end"],
    ["swc src -d lib", {}, ["lib"]],
    ["ncc build a.ts", {}, ["dist"]],
    ["make all", {}, "the build runs `make all`, which refit does not know"],
  ])("%s %j", (command, files, expected) => {
    expect(outputs(command, files)).toEqual(expected);
  });
});

describe("scripts of package.json", () => {
  const base = { "tsconfig.json": tsconfig({ outDir: "dist" }) };
  test.each<[string, Record<string, string>, readonly string[] | string]>([
    ["npm run build", { build: "tsc" }, ["dist"]],
    ["npm run build --silent", { build: "rimraf dist && tsc" }, ["dist"]],
    ["yarn build", { build: "npm run clean && tsc", clean: "rm -rf dist" }, ["dist"]],
    [
      "pnpm run build",
      { prebuild: "eslint .", build: "cross-env NODE_ENV=production tsc", postbuild: "cp -r views dist/" },
      ["dist"],
    ],
    ["npm run build", { build: "run-s build:*", "build:a": "tsc", "build:a:b": "vite" }, ["dist"]],
    ["npm run build", { build: "run-s build:**", "build:a": "tsc" }, "a pattern chooses the scripts to run"],
    ["npm run build", { build: "run-s compile:c++", "compile:c++": "tsc" }, ["dist"]],
    ["npm run build", { build: 'run-p check "compile {@}" --', check: "eslint", compile: "tsc" }, ["dist"]],
    ["npm run build", { build: "tsc && shx cp -r src/views/* dist/views/ && chmod +x dist/a.js" }, ["dist"]],
    ["npm run build", { build: "rm -rf dist/* && tsc" }, ["dist"]],
    ["npm run build", { build: "rm -rf * && tsc" }, "the build deletes *, which is not one of its outputs"],
    ["npm run build", { build: "rm -rf dist* && tsc" }, ["dist"]],
    ["npm run build", { build: "rm -rf node_modules/.cache && tsc && rm -rf dist/node_modules" }, ["dist"]],
    [
      "npm run build",
      { build: "tsc && rm -rf node_modules" },
      "the build deletes node_modules, which is not one of its outputs",
    ],
    [
      "npm run build",
      { build: "tsc && rm -rf ./node_modules/*" },
      "the build deletes ./node_modules/*, which is not one of its outputs",
    ],
    ["npm run build", { build: "rm -rf sr* && tsc" }, "the build deletes sr*, which is not one of its outputs"],
    ["npm run build", { build: "rm -rf sr? && tsc" }, "the build deletes sr?, which is not one of its outputs"],
    ["npm run build", { build: "npm-run-all clean compile", clean: "rimraf dist", compile: "tsc" }, ["dist"]],
    ["npx tsc", {}, ["dist"]],
    ["./node_modules/.bin/tsc", {}, ["dist"]],
    ["npm run build", { build: "node build.js" }, "the build runs `node build.js`, which refit does not know"],
    ["npm run build", { build: "tsc && cp -r views elsewhere/views" }, ["dist", "elsewhere/views"]],
    ["npm run build", { build: "tsc && rm -rf src" }, "the build deletes src, which is not one of its outputs"],
    ["npm run build", { build: "tsc --outDir $OUT" }, "a word of `tsc` is computed"],
    ["npm run build", { build: "npm run build" }, "the scripts behind `npm run build` call each other"],
    ["npm run build -- --outDir out", { prebuild: "eslint .", build: "tsc" }, ["out"]],
    ["yarn build --outDir out", { build: "eslint . && tsc" }, ["out"]],
    ["npm run build --mode x", { build: "vite build" }, "`npm run build --mode x` hands words on to a script"],
    ["npm run build -- a;b", { build: "vite build" }, "`npm run build -- a;b` hands words on to a script"],
  ])("%s with %j", (command, commands, expected) => {
    const files = { ...base, "package.json": scripts(commands), "src/a.ts": "" };
    expect(outputs(command, files)).toEqual(expected);
  });
});

describe("a script that calls esbuild", () => {
  const command = "node build.mjs";
  const script = (text: string) => ({ "build.mjs": `import * as esbuild from "esbuild";\n${text}` });
  test("is read for where it writes", () => {
    const files = script('await esbuild.build({ entryPoints: ["src/a.ts"], bundle: true, outdir: "./dist" });');
    expect(build(command, files)).toMatchObject({
      outputs: ["dist"],
      sources: ["src"],
      whole: ["build.mjs"],
      bundled: ["src"],
    });
  });
  test("leaves packages as they are where it says so", () => {
    const files = script('esbuild.build({ bundle: true, packages: "external", outfile: "out/server.js" });');
    expect(build(command, files)).toMatchObject({ outputs: ["out"], bundled: [] });
  });
  test.each([
    "esbuild.build({ outdir: process.env.OUT });",
    'esbuild.build({ outfile: "server.js" });',
    'esbuild.build({ outdir: "../elsewhere" });',
    "esbuild.build({ write: false });",
    'import fs from "node:fs";\nesbuild.build({ outdir: "dist" });',
  ])("%s is not known", (text) => expect(typeof build(command, script(text))).toBe("string"));
  test("other scripts are not known", () => {
    expect(build("node a.js", { "a.js": 'const outdir = { outdir: "dist" };' })).toMatch("refit does not know");
    expect(build("node build.mjs --watch", script('esbuild.build({ outdir: "dist" });'))).toMatch("does not know");
  });
});

describe("what is put into the outputs whole", () => {
  const wholeOf = (script: string, files: Readonly<Record<string, string>> = {}) => {
    const made = build(script, files);
    return typeof made === "object" && made.whole;
  };
  test("Vite's page, what lies beside it and its code; or the folder that is its root", () => {
    expect(wholeOf("vite build")).toEqual(["index.html", "public", "src"]);
    expect(wholeOf("vite build client")).toEqual(["client"]);
    expect(wholeOf("vite build --ssr src/server.js")).toEqual([]);
  });
  test("what Babel and swc are told", () => {
    expect(wholeOf("babel lib server --out-dir dist --extensions .ts")).toEqual(["lib", "server"]);
    expect(wholeOf("swc lib -d dist")).toEqual(["lib"]);
  });
  test("not what tsc may leave out", () => {
    expect(wholeOf("tsc", { "tsconfig.json": tsconfig({ outDir: "dist" }), "src/a.ts": "" })).toEqual([]);
  });
  test("packages of a client are bundled, those of a server beside it are not", () => {
    const scripts = { build: "tsc && vite build client --outDir ../pages" };
    const server = { "tsconfig.json": tsconfig({ outDir: "dist" }, { include: ["src"] }), "src/a.ts": "" };
    expect(build("npm run build", { ...server, "package.json": JSON.stringify({ scripts }) })).toMatchObject({
      bundled: ["client"],
    });
  });
});

describe("Create React App and Vue CLI", () => {
  test("write where their settings say", () => {
    expect(outputs("react-scripts build", {})).toEqual(["build"]);
    expect(build("react-scripts build", { ".env.production": "BUILD_PATH=www" })).toMatch("BUILD_PATH");
    expect(build("react-scripts start", {})).toMatch("is no build");
    expect(outputs("vue-cli-service build", {})).toEqual(["dist"]);
    expect(outputs("vue-cli-service build", { "vue.config.js": "module.exports = { outputDir: 'www' }" })).toEqual([
      "www",
    ]);
    expect(outputs("vue-cli-service build --dest pages", {})).toEqual(["pages"]);
    expect(build("vue-cli-service build --target lib", {})).toMatch("does not know");
  });
});

describe("Nuxt, SvelteKit and Astro", () => {
  test("write where they do by themselves", () => {
    const nuxt = {
      "nuxt.config.ts": "export default defineNuxtConfig({ modules: ['@pinia/nuxt', ['@nuxtjs/i18n', {}]] })",
    };
    expect(outputs("nuxt build", nuxt)).toEqual([".output"]);
    expect(outputs("nuxi prepare", nuxt)).toEqual([]);
    const svelte = {
      "vite.config.ts": "import { sveltekit } from '@sveltejs/kit/vite';\nexport default { plugins: [sveltekit()] };",
      "svelte.config.js":
        "import adapter from '@sveltejs/adapter-node';\nexport default { kit: { adapter: adapter() } };",
    };
    expect(outputs("vite build", svelte)).toEqual(["build"]);
    expect(outputs("svelte-kit sync", svelte)).toEqual([]);
    expect(outputs("astro build", {})).toEqual(["dist"]);
    expect(outputs("astro check", {})).toEqual([]);
  });

  test("write where their settings say, if that is known", () => {
    const vite = { "vite.config.js": "import { sveltekit } from '@sveltejs/kit/vite'; export default {};" };
    const svelte = (text: string) => ({ ...vite, "svelte.config.js": text });
    const node = "import adapter from '@sveltejs/adapter-node';";
    expect(
      outputs("vite build", svelte(`${node} export default { kit: { adapter: adapter({ out: "server" }) } };`)),
    ).toEqual(["server"]);
    expect(
      build("vite build", svelte(`${node} export default { kit: { adapter: adapter({ out: place }) } };`)),
    ).toMatch("computes");
    expect(build("vite build", svelte(`${node} export default { kit: { outDir: "x" } };`))).toMatch("sets outDir");
    expect(build("vite build", svelte("import adapter from '@sveltejs/adapter-auto';"))).toMatch("has no adapter");
    expect(build("vite build", vite)).toMatch("has no adapter");
    const nuxt = (settings: string) =>
      build("nuxt build", { "nuxt.config.ts": `export default defineNuxtConfig({ ${settings} })` });
    expect(nuxt("buildDir: 'x'")).toMatch("sets buildDir");
    expect(nuxt("nitro: { preset: 'vercel' }")).toMatch("sets nitro");
    expect(nuxt("modules: ['./modules/pages']")).toMatch("uses ./modules/pages");
    expect(nuxt("modules: [pages]")).toMatch("computes its configuration");
    expect(build("nuxt generate", {})).toMatch("which refit does not know");
    const astro = (text: string) => ({ "astro.config.mjs": text });
    expect(outputs("astro build", astro("export default { outDir: './www' }"))).toEqual(["www"]);
    expect(build("astro build", astro("export default { build: { server: 'x' } }"))).toMatch("sets build");
    expect(build("astro build", astro("import own from './own.mjs'; export default {}"))).toMatch("uses ./own.mjs");
  });
});

describe("prisma generate", () => {
  const schema = (more = "", provider = "prisma-client-js") =>
    `datasource db {\n  provider = "sqlite"\n}\ngenerator client {\n  provider = "${provider}"\n${more}}\n`;
  test("writes the client into node_modules, or where the schema says", () => {
    const generated = (text: string) => outputs("prisma generate", { "prisma/schema.prisma": text });
    expect(generated(schema())).toEqual(["node_modules/.prisma"]);
    expect(generated(schema('  output = "../src/client"\n'))).toEqual(["src/client"]);
    expect(generated(schema("", "prisma-dbml-generator"))).toMatch("does not know");
    expect(generated(schema('  output = env("FOLDER")\n'))).toMatch("no folder of the project");
  });
  test("needs a schema that is found", () => {
    expect(build("prisma generate", {})).toMatch("does not find");
    expect(build("prisma generate", { "schema.prisma": schema(), "prisma.config.ts": "" })).toMatch("does not find");
    expect(build("prisma migrate deploy", {})).toMatch("does not know");
    expect(outputs("prisma generate --schema=db/schema.prisma", { "db/schema.prisma": schema() })).toHaveLength(1);
  });
});
