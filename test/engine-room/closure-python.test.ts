/** Imports and their resolution against the Python of this machine. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { Image } from "../../src/engine/closure/image.ts";
import { readPythonImports } from "../../src/engine/closure/python/imports.ts";
import { Python } from "../../src/engine/closure/python/resolve.ts";
import { leaveOut } from "../leave-out.ts";
import { type Content, diskTree, writeTree } from "./disk-tree.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "refit-python-")));
afterAll(() => rmSync(folder, { recursive: true }));

const said = spawnSync("python3", [
  "-c",
  "import sys, sysconfig; print(sys.executable); print(sysconfig.get_path('stdlib'))",
]);
const [program = "", library = ""] = String(said.stdout).trim().split("\n");

function ask(script: string, input: unknown, options: { cwd?: string; env?: Record<string, string> } = {}): never {
  const env = { PATH: process.env.PATH!, PYTHONDONTWRITEBYTECODE: "1", ...options.env };
  const text = execFileSync(program, ["-c", script], {
    input: JSON.stringify(input),
    cwd: options.cwd,
    env,
    maxBuffer: 1 << 28,
  });
  return JSON.parse(String(text)) as never;
}

const FIND = `
import importlib.util, json, os, sys
def find(name):
    try: spec = importlib.util.find_spec(name)
    except ImportError: return None
    if spec is None: return None
    if spec.origin in ("built-in", "frozen"): return "built-in"
    if spec.origin is not None: return os.path.realpath(spec.origin)
    return os.path.realpath(list(spec.submodule_search_locations)[0])
json.dump([find(name) for name in json.load(sys.stdin)], sys.stdout)
`;

const IMPORTS = `
import ast, json, sys
def imports(path):
    try: tree = ast.parse(open(path, "rb").read())
    except (SyntaxError, ValueError): return None
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import): found += [["", name.name, 0] for name in node.names]
        if isinstance(node, ast.ImportFrom): found += [[node.module or "", name.name, node.level] for name in node.names if name.name != "*"]
    return sorted(json.dumps(one) for one in found)
json.dump([imports(path) for path in json.load(sys.stdin)], sys.stdout)
`;

test("statements are read wherever they stand, but not in strings and comments", () => {
  const text = [
    '"""import a"""',
    "import os, sys as system; import a.b  # import c",
    "if x: import one",
    "from . import (first,",
    "    second as other,  # import d",
    ")",
    "from ..up.down import *",
    "text = 'import e' + f\"import g\"",
    "from x \\",
    "    import y",
    "    from __future__ import annotations",
    "important = 1",
  ].join("\n");
  expect(readPythonImports(text)).toEqual([
    { module: "os", level: 0, names: [] },
    { module: "sys", level: 0, names: [] },
    { module: "a.b", level: 0, names: [] },
    { module: "one", level: 0, names: [] },
    { module: "", level: 1, names: ["first", "second"] },
    { module: "up.down", level: 2, names: [] },
    { module: "x", level: 0, names: ["y"] },
    { module: "__future__", level: 0, names: ["annotations"] },
  ]);
});

const NAMES = ["alpha", "beta", "gamma"];
const FILES = NAMES.flatMap((name) => [
  `${name}.py`,
  `${name}/__init__.py`,
  `${name}/inner.py`,
  `${name}/deep/__init__.py`,
  `${name}/deep/leaf.py`,
]);
const QUESTIONS = NAMES.flatMap((name) => ["", ".inner", ".deep", ".deep.leaf", ".none"].map((rest) => name + rest));

if (said.status !== 0) leaveOut("the modules of this machine's Python", "python3");

describe.runIf(said.status === 0)("on this machine's Python", () => {
  const standard = diskTree("/", [program.slice(1), realpathSync(program).slice(1), library.slice(1)]);

  test("the imports of the standard library are those that Python's parser finds", () => {
    const files = [...standard.entries.keys()].filter(
      (path) =>
        !path.includes("/site-packages/") &&
        /\/(json|email|http|asyncio|test\/test_a\w+|[a-d]\w+)(\/\w+)?\.py$/.test(path),
    );
    const theirs: (string[] | null)[] = ask(
      IMPORTS,
      files.map((path) => `/${path}`),
    );
    for (const [index, path] of files.entries()) {
      if (theirs[index] === null) continue;
      const ours = readPythonImports(String(standard.read(path))).flatMap(({ module, level, names }) =>
        names.length > 0 ? names.map((name) => [module, name, level]) : level === 0 ? [["", module, 0]] : [],
      );
      const text = new Set(ours.map((one) => JSON.stringify(one)));
      // Python's JSON has blanks.
      const missing = theirs[index]!.map((one) => JSON.stringify(JSON.parse(one))).filter((one) => !text.has(one));
      expect({ path, missing }).toEqual({ path, missing: [] });
    }
    expect(files.length).toBeGreaterThan(50);
  });

  test("modules of the standard library are found where Python finds them", () => {
    const names =
      "json json.decoder email.mime.text os.path collections.abc xml.etree.ElementTree zlib math _json nothing.here asyncio this_is_none concurrent.futures".split(
        " ",
      );
    const python = new Python(new Image(standard, {}), program);
    const theirs: (string | null)[] = ask(FIND, names);
    for (const [index, name] of names.entries()) {
      // \`os.path\` is made by \`os\`; modules in the interpreter itself have no file, or one that is not used.
      if (theirs[index] === "built-in" || name === "os.path") continue;
      const ours = python.resolve(name, "/nowhere");
      expect([name, ours === undefined ? null : realpathSync(ours)]).toEqual([name, theirs[index]]);
    }
  });

  test("modules of generated packages are found where Python finds them", () => {
    let count = 0;
    const some = (root: string) => fc.subarray(FILES).map((files) => files.map((file) => `${root}/${file}`));
    const tree = fc.tuple(some("first"), some("second"), some("added"));
    fc.assert(
      fc.property(tree, (paths) => {
        const root = join(folder, String(count++));
        const files: Record<string, Content> = Object.fromEntries(paths.flat().map((path) => [path, ""]));
        writeTree(root, { "first/.keep": "", "second/.keep": "", ...files });
        const env = { PYTHONPATH: `${root}/second:${root}/added` };
        const theirs: (string | null)[] = ask(FIND, QUESTIONS, { cwd: join(root, "first"), env });
        const image = new Image(diskTree("/", [root.slice(1), program.slice(1)]), {
          Env: [`PYTHONPATH=${env.PYTHONPATH}`],
        });
        const python = new Python(image, program);
        const ours = QUESTIONS.map((name) => python.resolve(name, `${root}/first`) ?? null);
        expect(Object.fromEntries(QUESTIONS.map((name, index) => [name, ours[index]]))).toEqual(
          Object.fromEntries(QUESTIONS.map((name, index) => [name, theirs[index]])),
        );
        rmSync(root, { recursive: true });
      }),
      { numRuns: 25 },
    );
  });
});
