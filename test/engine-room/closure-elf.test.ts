/** The reader of ELF files and the loader, against generated files and against readelf and ldd on the files of this machine. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readElf } from "../../src/engine/closure/elf/elf.ts";
import { loaderOf } from "../../src/engine/closure/elf/loader.ts";
import { Image } from "../../src/engine/closure/image.ts";
import { programsOf } from "../../src/engine/closure/programs.ts";
import { leaveOut } from "../leave-out.ts";
import { type Content, diskTree, foldersHere } from "./disk-tree.ts";
import { type ElfParts, writeElf } from "./elf-writer.ts";

const readFrom = (bytes: Buffer) => (start: number, size: number) => bytes.subarray(start, start + size);

const name = fc.stringMatching(/^[a-z][a-z0-9+.-]{0,12}$/);
const parts: fc.Arbitrary<ElfParts> = fc.record({
  wide: fc.boolean(),
  little: fc.boolean(),
  machine: fc.nat(65535),
  interpreter: fc.option(name, { nil: undefined }),
  needed: fc.array(name, { maxLength: 5 }),
  soname: fc.option(name, { nil: undefined }),
  rpath: fc.option(name, { nil: undefined }),
  runpath: fc.option(name, { nil: undefined }),
});

describe("the reader of ELF files", () => {
  test("reads what was written, in both classes and both orders of bytes", () => {
    fc.assert(
      fc.property(parts, (file) => {
        expect(readElf(readFrom(writeElf(file)))).toEqual({
          kind: expect.stringContaining(`${file.wide ? 64 : 32}-bit`),
          interpreter: file.interpreter,
          needed: file.needed,
          soname: file.soname,
          rpath: file.rpath === undefined ? [] : [file.rpath],
          runpath: file.runpath === undefined ? [] : [file.runpath],
        });
      }),
    );
  });

  test("a damaged file is none, or says something else; it never throws", () => {
    const damage = fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parts, damage, fc.nat(400), (file, changes, length) => {
        const bytes = writeElf(file);
        for (const [at, value] of changes) if (at >= 4 && at < bytes.length) bytes[at] = value;
        readElf(readFrom(bytes.subarray(0, length)));
        readElf(readFrom(bytes));
      }),
    );
    expect(readElf(readFrom(writeElf({ needed: ["libc.so.6"] }).subarray(0, 100)))).toBeUndefined();
  });
});

const folderOf = foldersHere();

/** What is loaded with `/app/program`. */
function loaded(files: Readonly<Record<string, ElfParts | Content>>, config = {}): Record<string, string | undefined> {
  const isContent = (file: ElfParts | Content): file is Content => typeof file === "string" || "link" in file;
  const written = Object.entries(files).map(([path, file]) => [
    path,
    isContent(file) ? file : { bytes: writeElf(file) },
  ]);
  const tree = diskTree(folderOf(Object.fromEntries(written)));
  const found = loaderOf(new Image(tree, config)).load("/app/program");
  return Object.fromEntries([...found].map(([library, { path }]) => [library, path]));
}

const glibc = { interpreter: "/lib64/ld-linux-x86-64.so.2" };
const musl = { interpreter: "/lib/ld-musl-x86_64.so.1" };
const other = { machine: 183 };

describe("the loader", () => {
  test("RPATH serves the libraries of a library too, RUNPATH does not", () => {
    const files = { "app/lib/libone.so": { needed: ["libtwo.so"] }, "app/lib/libtwo.so": {} };
    const program = { ...glibc, needed: ["libone.so"] };
    expect(loaded({ ...files, "app/program": { ...program, rpath: "$ORIGIN/lib" } })).toEqual({
      "libone.so": "/app/lib/libone.so",
      "libtwo.so": "/app/lib/libtwo.so",
    });
    expect(loaded({ ...files, "app/program": { ...program, runpath: "$ORIGIN/lib" } })).toEqual({
      "libone.so": "/app/lib/libone.so",
      "libtwo.so": undefined,
    });
  });

  test("what was loaded under a name serves all that need the name later", () => {
    const files = {
      "app/lib/libone.so": { needed: ["libtwo.so"] },
      "app/lib/libtwo.so": { soname: "libtwo.so" },
      "app/program": { ...glibc, needed: ["libtwo.so", "libone.so"], runpath: "/app/lib" },
    };
    expect(loaded(files)).toEqual({ "libone.so": "/app/lib/libone.so", "libtwo.so": "/app/lib/libtwo.so" });
  });

  test("a library of another machine or class is passed over", () => {
    const files = {
      "usr/lib/libone.so": {},
      "app/lib/libone.so": other,
      "app/32/libone.so": { wide: false },
      "app/program": { ...glibc, needed: ["libone.so"] },
    };
    const config = { Env: ["LD_LIBRARY_PATH=/app/lib:/app/32"] };
    expect(loaded(files, config)).toEqual({ "libone.so": "/usr/lib/libone.so" });
    const { "usr/lib/libone.so": gone, ...rest } = files;
    expect(gone).toBeDefined();
    expect(loaded(rest, config)).toEqual({ "libone.so": undefined });
  });

  test("LD_PRELOAD is needed by programs", () => {
    const files = { "app/program": { ...glibc, needed: [] }, "opt/liballoc.so": {} };
    expect(loaded(files, { Env: ["LD_PRELOAD=/opt/liballoc.so"] })).toEqual({ "/opt/liballoc.so": "/opt/liballoc.so" });
    expect(loaded(files, { Env: ["LD_PRELOAD=liballoc.so"] })).toEqual({ "liballoc.so": undefined });
  });

  test("musl reads its own file of folders and is its own libc", () => {
    const program = { ...musl, needed: ["libc.musl-x86_64.so.1", "libone.so"] };
    const files = { "lib/ld-musl-x86_64.so.1": {}, "app/program": program, "opt/lib/libone.so": {} };
    expect(loaded(files)).toEqual({ "libone.so": undefined });
    expect(loaded({ ...files, "etc/ld-musl-x86_64.path": "/lib\n/opt/lib\n" })).toEqual({
      "libone.so": "/opt/lib/libone.so",
    });
    expect(loaded({ ...files, "usr/local/lib/libone.so": { link: "/opt/lib/libone.so" } })).toEqual({
      "libone.so": "/usr/local/lib/libone.so",
    });
  });

  test("links stay inside the image", () => {
    const files = {
      "app/program": { ...glibc, needed: ["libone.so"] },
      "usr/lib/libone.so": { link: "../../../../opt/x" },
    };
    expect(loaded(files)).toEqual({ "libone.so": undefined });
    expect(loaded({ ...files, "opt/x": {} })).toEqual({ "libone.so": "/usr/lib/libone.so" });
  });
});

const answers = (tool: string) => spawnSync(tool, ["--version"]).status === 0;

/** Programs and libraries of this machine. */
const PLACES = ["bin", "sbin", "lib", "lib64", "usr/lib64", "usr/bin", "usr/sbin", "usr/lib", "etc"];

const missing = process.platform === "linux" ? ["readelf", "ldd"].find((tool) => !answers(tool)) : "Linux";
if (missing) leaveOut("the ELF files of this machine", missing);

describe.runIf(!missing)("on this machine", () => {
  const machine = new Image(
    diskTree(
      "/",
      PLACES.filter((path) => existsSync(`/${path}`)),
    ),
    {},
  );
  const files = programsOf(machine).flatMap(({ path, interpreter }) => (interpreter === undefined ? [path] : []));

  /** What a tool says of each file when it is given many. */
  function* saidOf(tool: string, flags: readonly string[], some: readonly string[], header: RegExp) {
    for (let at = 0; at < some.length; at += 100) {
      const args = [...flags, ...some.slice(at, at + 100)];
      const { stdout } = spawnSync(tool, args, {
        encoding: "utf8",
        env: { PATH: process.env.PATH },
        maxBuffer: 1 << 28,
      });
      const [, ...told] = stdout.split(header);
      for (let next = 0; next < told.length; next += 2) yield [told[next]!, told[next + 1]!] as const;
    }
  }

  test("readelf says the same of every ELF file", () => {
    let compared = 0;
    for (const [path, said] of saidOf("readelf", ["-dlW"], files, /^File: (.*)$/m)) {
      const all = (pattern: RegExp) => [...said.matchAll(pattern)].map(([, value]) => value!);
      expect({ path, ...readElf((start, size) => machine.read(path, size, start)!) }).toEqual({
        path,
        kind: expect.any(String),
        interpreter: all(/program interpreter: (.*)\]/g)[0],
        needed: all(/\(NEEDED\).*\[(.*)\]/g),
        soname: all(/\(SONAME\).*\[(.*)\]/g)[0],
        rpath: all(/\(RPATH\).*\[(.*)\]/g).flatMap((folders) => folders.split(":")),
        runpath: all(/\(RUNPATH\).*\[(.*)\]/g).flatMap((folders) => folders.split(":")),
      });
      compared++;
    }
    expect(compared).toBeGreaterThan(100);
  });

  test("ldd finds the same libraries", () => {
    // Each takes some milliseconds.
    const some = files.filter((_, index) => index % Math.ceil(files.length / 300) === 0);
    const isLoader = (library: string) => /^(\/|ld-linux|linux-vdso)/.test(library);
    let compared = 0;
    for (const [path, said] of saidOf("ldd", [], some, /^(\/.*):$/m)) {
      const theirs = [...said.matchAll(/^\t(\S+) => (not found|\S+)/gm)].map(([, library, place]) => [library, place]);
      // Of a static program, or one for another machine, it says that it can't tell.
      if (theirs.length === 0) continue;
      // One of a place that was not read.
      if (theirs.some(([, place]) => place!.startsWith("/") && machine.real(place!) === undefined)) continue;
      const ours = [...loaderOf(machine).load(path)].map(([library, found]) => [library, found.path]);
      const real = (pairs: readonly (readonly (string | undefined)[])[]) =>
        pairs
          .filter(([library]) => !isLoader(library!))
          .map(([library, place]) => `${library} ${place === undefined ? "not found" : (machine.real(place) ?? place)}`)
          .sort();
      expect({ path, libraries: real(ours) }).toEqual({ path, libraries: [...new Set(real(theirs))] });
      compared++;
    }
    expect(compared).toBeGreaterThan(50);
  });
});
