/** Static programs of Go: what their code names, looks up and starts. */
import { describe, expect, test } from "vitest";
import { closureDifferences } from "../../src/engine/closure/index.ts";
import { type Content, diskTree, foldersHere } from "./disk-tree.ts";
import { writeElf } from "./elf-writer.ts";

const folderOf = foldersHere();

/** Strings run into each other; names of functions and files end with a zero. */
function program(
  strings: readonly string[],
  names: readonly string[],
  parts: Parameters<typeof writeElf>[0] = {},
): Content {
  const tables = ["", "runtime.main", ...names, ""].join("\0");
  return { bytes: Buffer.concat([writeElf(parts), Buffer.from(strings.join("")), Buffer.from(tables)]) };
}

const distribution: Readonly<Record<string, Content>> = {
  "usr/bin/sh": { bytes: writeElf({}) },
  bin: { link: "usr/bin" },
  "etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
  "etc/group": "root:x:0:\n",
  "etc/resolv.conf": "nameserver 192.0.2.1\n",
  "etc/mime.types": "text/html html\n",
  "usr/share/dict/words": "a\n",
  "usr/share/words": { link: "dict" },
  "usr/local/go/lib/time/zoneinfo.zip": "",
  "usr/local/go/src/runtime/proc.go": "package runtime\n",
  "var/log/apt/history.log": "",
};

/** What is lost where the program, in an image with a distribution, is with `kept` alone. */
function lost(shop: Content, ...kept: readonly string[]): string[] {
  const files: Readonly<Record<string, Content>> = { ...distribution, "srv/shop": shop };
  const [before, after] = [files, Object.fromEntries(["srv/shop", ...kept].map((path) => [path, files[path]!]))].map(
    (written) => diskTree(folderOf(written)),
  );
  return closureDifferences(before!, after!, { Cmd: ["/srv/shop"] })
    .map(({ what }) => what)
    .filter((what) => !what.startsWith("the "));
}

test("one that starts nothing and names nothing needs nothing", () => {
  expect(lost(program(["/api/items", "text/html"], []))).toEqual([]);
});

describe("programs", () => {
  const sentence = "/bin/sh, which /srv/shop may start, as it may other programs, is missing";

  test.each(["syscall.forkExec", "syscall.Exec"])("%s is linked in", (name) => {
    expect(lost(program([], [name]))).toEqual([sentence]);
  });

  test("a program that is packed, or of another language, may start any", () => {
    expect(lost({ bytes: writeElf({}) })).toEqual([sentence]);
  });

  test("they are there with the distribution", () => {
    expect(lost(program([], ["syscall.forkExec"]), ...Object.keys(distribution))).toEqual([]);
  });
});

describe("files", () => {
  test("one in the middle of other strings", () => {
    const names = ["text/html/usr/share/dict/wordsinvalid/etc/mime.types"];
    expect(lost(program(names, []), "etc/mime.types")).toEqual([
      "/usr/share/dict/words, which /srv/shop names, is missing",
    ]);
  });

  test("what a link leads to", () => {
    expect(lost(program(["/bin/sh"], []))).toEqual(["/bin/sh, which /srv/shop names, is missing"]);
  });

  test("one in a folder that a link further down leads to", () => {
    expect(lost(program(["/usr/share/words/words"], []))).toEqual([
      "/usr/share/words/words, which /srv/shop names, is missing",
    ]);
  });

  test("what the engine writes is always there", () => {
    expect(lost(program(["/etc/resolv.conf"], []))).toEqual([]);
  });

  test("the folder of one that is to be written", () => {
    expect(lost(program(["/var/log/shop.log"], []))).toEqual(["/var/log, which /srv/shop names, is missing"]);
  });
});

describe("time zones", () => {
  const source = "/usr/local/go/src/runtime/proc.go";

  test("by name, from Go's own", () => {
    expect(lost(program([], ["time.LoadLocation", source]))).toEqual([
      "/usr/local/go/lib/time/zoneinfo.zip, which /srv/shop looks time zones up in, is missing",
    ]);
    expect(lost(program([], ["time.LoadLocation", source]), "usr/local/go/lib/time/zoneinfo.zip")).toEqual([]);
  });

  test("embedded, or of a program that does not know where Go was", () => {
    expect(lost(program([], ["time.LoadLocation", source, "time/tzdata.loadFromEmbeddedTZData"]))).toEqual([]);
    expect(lost(program([], ["time.LoadLocation", "runtime/proc.go"]))).toEqual([]);
  });
});

test("a program that is linked dynamically is the loader's business", () => {
  const shop = program(["/usr/share/dict/words"], ["syscall.forkExec"], { interpreter: "/usr/bin/sh" });
  expect(lost(shop)).toEqual(["/usr/bin/sh, which /srv/shop needs, is missing"]);
});
