/** What package managers said, and what that tells: apt in Debian 13 on 2026-11-27 (`test/fixtures/apt`) first. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerIn, type PackageQuestion } from "../../src/ecosystems/system-packages/index.ts";

function answer(manager: PackageQuestion["manager"], name: string, said: string | undefined) {
  const given = answerIn({ manager, base: "base", name, recommends: true }, said);
  return "names" in given ? given.names.join(" ") : given.unresolved;
}

function behind(name: string, simulated = said(name, "simulated")) {
  return answer("apt", name, simulated + said(name, "depends"));
}

function said(name: string, what: "depends" | "simulated"): string {
  return readFileSync(new URL(`../fixtures/apt/${name}.${what}.txt`, import.meta.url), "utf8");
}

test("the library of the headers", () => {
  expect(behind("libcmark-dev")).toBe("libcmark0.30.2");
});

test("libraries of other headers come with it, and are not named where they do", () => {
  expect(behind("libavif-dev")).toBe("libavif16");
  expect(behind("libmicrohttpd-dev")).toBe(
    "libgmpxx4ldbl libgnutls-dane0t64 libgnutls-openssl27t64 libmicrohttpd12t64",
  );
});

test("nothing where the base image has the package", () => {
  expect(behind("libcmark-dev", "")).toBe("");
});

test("a choice, and a name that others provide: what would be installed", () => {
  const depends = [
    ...["libsound-dev", "  Depends: libsound1", " |Depends: libjack-dev", "  Depends: <libjack-any-dev>"],
    ...["    libjack2-dev", "  Recommends: sound-themes", "libjack2-dev", "  Depends: libjack2"],
    ...["  Depends: make", "  Depends: libjack-dev-bin", "libsound1", " |Depends: libjack2", "  Depends: libjack1"],
  ];
  const simulated = (names: string) =>
    names.replaceAll(/\S+/g, "Inst $& (1.0 Debian:13 [amd64])\n").replaceAll("\n ", "\n");
  const installed = "make libjack-dev-bin libjack2 libjack2-dev libsound1 libsound-dev";
  const told = (names: string) => answer("apt", "libsound-dev", `${simulated(names)}\n${depends.join("\n")}`);
  expect(told(installed)).toBe("libjack2 libsound1");
  expect(told(`${installed} sound-themes`)).toBe("libjack2 libsound1 sound-themes");
});

test("nothing is known of a package of another architecture", () => {
  const said = ["Inst libsound-dev (1.0)", "Inst libsound1:i386 (1.0)", "libsound-dev", "  Depends: libsound1:i386"];
  expect(answer("apt", "libsound-dev", said.join("\n"))).toBe("what base says of libsound-dev is not understood");
});

/** What apk-tools 2.14.10 and 3.0.6 said on 2026-11-27 of packages as Alpine's are, which were made for it. */
describe("apk", () => {
  test.each(["2.14", "3.0"])(
    "%s: libraries behind headers and those of other headers, by name or by pkg-config",
    (version) => {
      const said = readFileSync(new URL(`../fixtures/apk/cmark-dev.${version}.txt`, import.meta.url), "utf8");
      // Tincture's library is sure to come with glyph's, which asks for `so:libtincture.so.3`.
      expect(answer("apk", "cmark-dev", said)).toBe("cmark-libs glyph");
    },
  );

  const two = ["(1/2) Installing two-a (1-r0)", "(2/2) Installing two-dev (1-r0)", "OK: 0 MiB in 5 packages"];
  const graph = ["a", "b"].map(
    (each) => `  "two-dev-1-r0" -> "two-${each}-1-r0"[arrowhead=inv,label="so:libtwo.so.1",];`,
  );

  test("of those that provide a library, the one that would be installed", () => {
    expect(answer("apk", "two-dev", [...two, ...graph].join("\n"))).toBe("two-a");
  });

  test("nothing behind headers alone, and where the base image has them", () => {
    expect(answer("apk", "mini-dev", "(1/1) Installing mini-dev (1-r0)\nOK: 0 MiB in 4 packages\n")).toBe("");
    expect(answer("apk", "two-dev", ["OK: 0 MiB in 5 packages", ...graph].join("\n"))).toBe("");
  });

  test("what the base image has in an older version is there", () => {
    const [, ...rest] = two;
    const upgraded = ["(1/2) Upgrading two-a (0-r9 -> 1-r0)", ...rest, ...graph];
    expect(answer("apk", "two-dev", upgraded.join("\n"))).toBe("");
  });

  test.each([
    ["a simulation that does not end well", "two-dev", [...two.slice(0, 2), ...graph]],
    ["no word of what packages ask for", "two-dev", two],
    ["a name that only others provide", "twin-dev", [...two, ...graph]],
  ])("nothing is known by %s", (_, name, said) => {
    expect(answer("apk", name, said.join("\n"))).toBe(`what base says of ${name} is not understood`);
  });
});

/** What rpm 4.20 said on 2026-11-27 of packages that DNF 4.23 and microdnf 3.10.2 brought; they were made for it as Fedora's are. */
describe("rpm", () => {
  const said = readFileSync(new URL("../fixtures/dnf/cmark-devel.txt", import.meta.url), "utf8");

  test("libraries behind headers and those of other headers, by name, by pkg-config or under a condition", () => {
    expect(answer("rpm", "cmark-devel", said)).toBe("cmark-lib glyph2");
  });

  test("a library that is asked for by a word of others may come from another package", () => {
    expect(answer("rpm", "cmark-devel", said.replace(/^require glyph2 (lib)?tincture.*$/gm, ""))).toBe(
      "cmark-lib glyph2 tincture",
    );
  });

  test("what headers recommend", () => {
    const lonely = said.replace("recommend cmark-lib ", "recommend cmark-devel ");
    expect(answer("rpm", "cmark-devel", lonely)).toBe("cmark-lib cmark-themes glyph2");
  });

  test("nothing where the base image has the package", () => {
    expect(answer("rpm", "cmark-devel", "")).toBe("");
  });

  test.each([
    ["a line of something else", `${said}error: rpmdb damaged\n`],
    ["packages for several architectures", `${said}package tincture i686\n`],
    ["a name that only others provide", said.replaceAll("cmark-devel ", "cmark2-devel ")],
  ])("nothing is known by %s", (_, text) => {
    expect(answer("rpm", "cmark-devel", text)).toBe("what base says of cmark-devel is not understood");
  });
});

test("no package of the name", () => {
  expect(answer("apk", "cmark-dev", undefined)).toBe("base has no package cmark-dev");
});

describe("each manager in its own words", () => {
  const names = ["glyph", "hatch", "ink", "tincture"].flatMap((each) => [each, `${each}-dev`]);
  const name = fc.constantFrom(...names);
  const asked = fc.dictionary(name, fc.array(name, { maxLength: 4 }), { noNullPrototype: true });
  const managers = ["apt", "apk", "rpm"] as const;

  test("says the same of the same packages", () => {
    const property = fc.property(asked, (dependencies) => {
      const edges = Object.entries(dependencies).flatMap(([from, all]) => all.map((to) => [from, to] as const));
      const said = {
        apt: [
          ...names.map((each) => `Inst ${each} (1)`),
          ...names.flatMap((each) => [each, ...(dependencies[each] ?? []).map((to) => `  Depends: ${to}`)]),
        ],
        apk: [
          ...names.map((each, at) => `(${at + 1}/${names.length}) Installing ${each} (1-r0)`),
          "OK: 1 MiB in 8 packages",
          // Without any there is no graph at all.
          ...edges.concat([["hatch", "hatch"]]).map(([from, to]) => `  "${from}-1-r0" -> "${to}-1-r0"[];`),
        ],
        rpm: [
          ...names.flatMap((each) => [`package ${each} x86_64`, `provide ${each} ${each}`]),
          ...edges.map(([from, to]) => `require ${from} ${to}`),
        ],
      };
      const [first, ...others] = managers.map((manager) => answer(manager, "glyph-dev", said[manager].join("\n")));
      expect(others).toEqual([first, first]);
    });
    fc.assert(property);
  });

  test("may say anything", () => {
    const lines = fc.array(fc.oneof(fc.string(), fc.constantFrom("OK: ", "package glyph x86_64", "  Depends: ink")));
    const property = fc.property(fc.constantFrom(...managers), lines, (manager, said) => {
      expect(typeof answer(manager, "glyph-dev", said.join("\n"))).toBe("string");
    });
    fc.assert(property);
  });
});
