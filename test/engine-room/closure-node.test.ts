/** Which file a module's name means: our resolution against Node's own, on generated packages. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { Image } from "../../src/engine/closure/image.ts";
import { resolverOf } from "../../src/engine/closure/node/resolve.ts";
import { type Content, diskTree, writeTree } from "./disk-tree.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "refit-node-")));
afterAll(() => rmSync(folder, { recursive: true }));

const PACKAGES = ["alpha", "beta", "@scope/gamma"];
const FILES = [
  "index.js",
  "index.json",
  "main.cjs",
  "main.mjs",
  "lib/index.js",
  "lib/one.js",
  "lib/two.mjs",
  "one",
  "one.js",
];

const path = fc.constantFrom(...FILES, "missing.js", "lib", "lib/missing.js").map((file) => `./${file}`);
const star = fc.constantFrom("./lib/*.js", "./*", "./lib/*");
const conditional = (target: fc.Arbitrary<unknown>) =>
  fc.oneof(
    target,
    fc.dictionary(fc.constantFrom("import", "require", "node", "default", "browser", "types"), target, { maxKeys: 3 }),
    fc.array(target, { maxLength: 2 }),
    fc.constant(null),
  );
const exported = fc.oneof(
  conditional(path),
  fc
    .record(
      {
        ".": conditional(path),
        "./one": conditional(path),
        "./lib/*": conditional(star),
        "./lib/t*": conditional(star),
        "./lib/private/*": fc.constant(null),
        "./*.js": conditional(star),
      },
      { requiredKeys: [] },
    )
    .filter((map) => Object.keys(map).length > 0),
);
const imported = fc.record(
  { "#own": conditional(path), "#other": conditional(fc.constantFrom("beta", "alpha/one", "node:fs")), "#lib/*": star },
  { requiredKeys: [] },
);
const manifest = (name: string) =>
  fc.record(
    {
      name: fc.constant(name),
      main: fc.constantFrom("main.cjs", "./lib", "lib/", "one", "missing", "lib/one"),
      type: fc.constantFrom("module", "commonjs"),
      exports: exported,
      imports: imported,
    },
    { requiredKeys: ["name"] },
  );

/** The files of one package. */
const packageIn = (home: string, name: string): fc.Arbitrary<Record<string, Content>> =>
  fc.tuple(fc.subarray(FILES), fc.option(manifest(name), { freq: 8 })).map(([files, content]) => ({
    ...Object.fromEntries(files.map((file) => [`${home}/${file}`, ""])),
    ...(content && { [`${home}/package.json`]: JSON.stringify(content) }),
  }));

const tree = fc
  .tuple(
    packageIn("app", "alpha"),
    packageIn("app/node_modules/alpha", "alpha"),
    packageIn("app/node_modules/@scope/gamma", "@scope/gamma"),
    packageIn("app/node_modules/alpha/node_modules/beta", "beta"),
    packageIn("node_modules/beta", "beta"),
    packageIn("store/beta", "beta"),
    fc.constantFrom({}, { "app/node_modules/beta": { link: "../../store/beta" } }, { "app/node_modules/beta.js": "" }),
  )
  .map((packages): Record<string, Content> => Object.assign({}, ...packages));

const HOMES = ["app", "app/src", "app/node_modules/alpha", "store/beta"];
const SPECIFIERS = [
  ...PACKAGES.flatMap((name) => [
    name,
    `${name}/one`,
    `${name}/lib/one`,
    `${name}/lib/two.mjs`,
    `${name}/lib/private/x`,
  ]),
  ...[
    "alpha/one.js",
    "alpha/lib",
    "alpha/",
    "beta.js",
    "#own",
    "#other",
    "#lib/one",
    "#none",
    "fs",
    "node:path",
    "gamma",
  ],
  ...[
    ".",
    "./",
    "./lib",
    "./lib/",
    "./one",
    "./one.js",
    "./lib/one",
    "../beta",
    "..",
    "./index",
    "./main.mjs",
    "./package",
  ],
];

/** Answers one question a line, from modules that lie where the questions come from. */
const ASK = `
import { createRequire } from "node:module";
import { realpathSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
const require = createRequire(import.meta.url);
const attempt = (find) => { try { return find(); } catch { return null; } };
const file = (url) => {
  if (url.startsWith("node:")) return url;
  const path = fileURLToPath(url);
  return statSync(path).isFile() ? realpathSync(path) : null;
};
export default (name) => [attempt(() => require.resolve(name)), attempt(() => file(import.meta.resolve(name)))];
`;
const MAIN = `
const answers = [];
for (const home of ${JSON.stringify(HOMES)}) {
  const { default: ask } = await import("./" + home + "/ask.mjs");
  for (const name of ${JSON.stringify(SPECIFIERS)}) answers.push(ask(name));
}
console.log(JSON.stringify(answers));
`;

describe("Node's resolution", () => {
  test("agrees with Node on generated packages", () => {
    let count = 0;
    fc.assert(
      fc.property(tree, (files) => {
        const root = join(folder, String(count++));
        const asking = Object.fromEntries(HOMES.map((home) => [`${home}/ask.mjs`, ASK]));
        writeTree(root, { ...files, ...asking, "main.mjs": MAIN });
        const theirs = JSON.parse(
          execFileSync(process.execPath, ["--no-deprecation", "main.mjs"], { cwd: root, encoding: "utf8" }),
        );
        const resolver = resolverOf(new Image(diskTree(root), {}));
        const questions = HOMES.flatMap((home) => SPECIFIERS.map((name) => [home, name] as const));
        for (const [index, [home, name]] of questions.entries()) {
          const plain = (found: string | undefined | null) => found?.replace(root, "").replace(/^node:/, "") ?? null;
          const ours = (["require", "import"] as const).map((how) =>
            plain(resolver.resolve(name, `/${home}/ask.mjs`, how)),
          );
          expect({ home, name, found: ours }).toEqual({ home, name, found: theirs[index].map(plain) });
        }
        rmSync(root, { recursive: true });
      }),
      { numRuns: 40 },
    );
  });
});
