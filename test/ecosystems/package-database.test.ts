/** What apt in Debian 13 said on 2026-11-27 (`test/fixtures/apt`), and what that tells. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
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
