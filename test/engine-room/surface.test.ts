import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { compilerNamed } from "../../src/ecosystems/index.ts";
import { packagesIn } from "../../src/engine/packages/index.ts";
import { countRows, rowsOf } from "../../src/engine/packages/sqlite.ts";
import { surfaceOf } from "../../src/engine/surface.ts";
import { leaveOut } from "../leave-out.ts";
import { type Content, diskTree, writeTree } from "./disk-tree.ts";
import { writeElf } from "./elf-writer.ts";

const folder = mkdtempSync(join(tmpdir(), "refit-surface-"));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

function treeOf(files: Readonly<Record<string, Content>>) {
  const root = join(folder, String(count++));
  writeTree(root, files);
  return { root, tree: () => diskTree(root) };
}

const elf: Content = { bytes: writeElf({}) };

test("what an attacker would find", () => {
  const { root, tree } = treeOf({
    "bin/busybox": elf,
    "bin/sh": { link: "busybox" },
    "usr/bin/gcc-14": elf,
    "usr/bin/gcc": { link: "gcc-14" },
    "usr/bin/x86_64-linux-gnu-ld.bfd": elf,
    "usr/bin/script": "#!/bin/sh\n",
    "usr/bin/notes.txt": "make\n",
    "usr/lib/libone.so.1": elf,
    "usr/share/make": "",
    "srv/tool": elf,
  });
  chmodSync(join(root, "srv/tool"), 0o4755);
  chmodSync(join(root, "usr/share/make"), 0o2644);
  const info = { config: {}, platform: "linux/amd64", size: 12, layers: 3, diffIds: [] };
  expect(surfaceOf(info, tree())).toEqual({
    bytes: 12,
    layers: 3,
    packages: {},
    executables: 5,
    setuid: 2,
    compilers: ["gcc"],
    shells: ["busybox", "sh"],
  });
});

test.each([
  ["gcc", "gcc"],
  ["gcc-14", "gcc"],
  ["x86_64-linux-gnu-g++-14", "g++"],
  ["arm-none-eabi-ld", "ld"],
  ["clang-19", "clang"],
  ["node-gyp", "node-gyp"],
  ["gcc-ranlib", undefined],
  ["node", undefined],
  ["ssh-add", undefined],
])("%s is %s among compilers", (program, name) => {
  expect(compilerNamed(program)).toBe(name);
});

describe("packages", () => {
  test.each<[string, Readonly<Record<string, Content>>, Readonly<Record<string, number>>]>([
    [
      "of dpkg, those that are installed",
      {
        "var/lib/dpkg/status":
          "Package: adduser\nStatus: install ok installed\n\nPackage: gone\nStatus: deinstall ok config-files\n\n\nPackage: zlib1g\nStatus: hold ok installed\n",
      },
      { dpkg: 2 },
    ],
    [
      "of dpkg in distroless images",
      {
        "var/lib/dpkg/status.d/base": "Package: base-files\nVersion: 1\n",
        "var/lib/dpkg/status.d/base.md5sums": "0123  etc/issue\n",
        "var/lib/dpkg/status.d/tzdata": "Package: tzdata\n",
      },
      { dpkg: 2 },
    ],
    ["of apk", { "lib/apk/db/installed": "C:Q1\nP:musl\nV:1\n\nC:Q2\nP:busybox\nV:2\np:P:no\n" }, { apk: 2 }],
    [
      "of node_modules, nested and scoped ones too",
      {
        "app/package.json": '{ "name": "app", "version": "1.0.0" }',
        "app/node_modules/one/package.json": '{ "name": "one", "version": "1.0.0" }',
        "app/node_modules/one/node_modules/@scope/two/package.json": '{ "name": "@scope/two", "version": "1.0.0" }',
        "app/node_modules/one/lib/package.json": '{ "name": "inner", "version": "1.0.0" }',
        "app/node_modules/three/package.json": '{ "type": "module" }',
        "app/node_modules/four": { link: "one" },
      },
      { node_modules: 2 },
    ],
    [
      "of Python",
      {
        "usr/lib/python3/dist-packages/six-1.16.egg-info": "Name: six\n",
        "usr/lib/python3/dist-packages/old.egg-info/PKG-INFO": "Name: old\n",
        "venv/lib/python3.13/site-packages/flask-3.dist-info/METADATA": "Name: flask\n",
        "venv/lib/python3.13/site-packages/flask-3.dist-info/RECORD": "",
      },
      { python: 3 },
    ],
  ])("%s", (_, files, packages) => {
    expect(packagesIn(treeOf(files).tree())).toEqual(packages);
  });

  const hasDpkg = existsSync("/var/lib/dpkg/status");
  if (!hasDpkg) leaveOut("packages of this machine", "dpkg");

  test.runIf(hasDpkg)("dpkg counts as many on this machine", () => {
    const said = execFileSync("dpkg-query", ["--show", "--showformat=${db:Status-Status}\\n"], { encoding: "utf8" });
    expect(packagesIn(diskTree("/", ["var/lib/dpkg"])).dpkg).toBe(said.match(/^installed$/gm)!.length);
  });
});

const MAKE = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("PRAGMA page_size = " + sys.argv[3])
for n in range(int(sys.argv[4])): db.execute(f"CREATE TABLE Other{n} (a TEXT, b INTEGER)")
db.execute("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)")
db.executemany("INSERT INTO Packages (blob) VALUES (?)", [(b"x" * (n % 5000),) for n in range(int(sys.argv[2]))])
db.commit()
`;

describe("rows of an SQLite database, as rpm keeps its packages", () => {
  const hasSqlite = spawnSync("python3", ["-c", "import sqlite3"]).status === 0;
  if (!hasSqlite) leaveOut("databases that SQLite wrote", "python3");

  test.runIf(hasSqlite)("are as many as SQLite wrote, and hold the same", () => {
    for (const [rows, size, tables] of [
      [0, 4096, 0],
      [1, 512, 3],
      [37, 1024, 40],
      [2500, 4096, 5],
      [700, 65536, 1],
    ]) {
      const file = join(folder, `rpmdb-${rows}.sqlite`);
      execFileSync("python3", ["-c", MAKE, file, ...[rows, size, tables].map(String)]);
      expect([size, countRows(readFileSync(file), "Packages")]).toEqual([size, rows]);
      const written = Array.from({ length: rows! }, (_, at) => [null, Buffer.from("x".repeat(at % 5000))]);
      expect(rowsOf(readFileSync(file), "Packages")).toEqual(written);
    }
  });

  test("a damaged file has none, or others; it never throws or goes on for ever", () => {
    const bytes = fc.uint8Array({ minLength: 0, maxLength: 2000 });
    const header = Buffer.alloc(100);
    header.write("SQLite format 3\0");
    header.writeUInt16BE(512, 16);
    fc.assert(fc.property(bytes, (rest) => void rowsOf(Buffer.concat([header, rest]), "Packages")));
    fc.assert(fc.property(bytes, (all) => countRows(Buffer.from(all), "Packages") === undefined));
  });
});
