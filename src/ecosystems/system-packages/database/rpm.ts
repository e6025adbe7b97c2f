/**
 * Fedora's and Red Hat's. DNF 4, DNF 5 and microdnf print what they would do in ways of their own, but all of them bring packages into a folder,
 * and rpm tells what these ask for.
 */
import type { Asking, Dependencies } from "./types.ts";

const FOLDER = "/refit.rpms";

/** `%{=NAME}` is repeated for each element of the other; a package that has none leaves no line. */
const FORMAT = [
  "package %{NAME} %{ARCH}\\n",
  ...["REQUIRE", "RECOMMEND", "PROVIDE"].map((tag) => `[${tag.toLowerCase()} %{=NAME} %{${tag}NAME}\\n]`),
].join("");

export const rpm: Asking = {
  ask({ name, recommends }) {
    const weak = recommends ? "" : " --setopt=install_weak_deps=0";
    return [
      `rm -rf ${FOLDER}; mkdir ${FOLDER}`,
      "if command -v dnf >/dev/null",
      `then dnf -y install --downloadonly --setopt=destdir=${FOLDER}${weak} ${name} >&2`,
      // It takes packages of other architectures too, unless it is told which.
      `else (cd ${FOLDER} && microdnf download --resolve --archlist="$(uname -m),noarch" ${name} >&2)`,
      `fi && { rpm -qp --qf '${FORMAT}' ${FOLDER}/*.rpm || rpm -q --whatprovides ${name} >&2; }`,
    ].join("\n");
  },
  read(said) {
    const lines = said.split("\n").filter((line) => line !== "");
    const told = lines.flatMap((line) => toldIn(line) ?? []);
    const packages = told.filter(({ kind }) => kind === "package");
    // A library for another architecture may be behind headers for that.
    const architectures = new Set(packages.map(({ what }) => what).filter((each) => each !== "noarch"));
    if (told.length < lines.length || architectures.size > 1) return undefined;
    const names = packages.map(({ name }) => name);
    return { installed: new Set(names), dependencies: dependenciesIn(names, told) };
  },
};

interface Told {
  readonly kind: "package" | "require" | "recommend" | "provide";
  readonly name: string;
  readonly what: string;
}

function toldIn(line: string): Told | undefined {
  const [, kind, name, what] = /^(package|require|recommend|provide) (\S+) (.+)$/.exec(line) ?? [];
  return kind === undefined ? undefined : { kind: kind as Told["kind"], name: name!, what: what! };
}

/** `libcmark.so.0.31()(64bit)`; of `(tincture-devel if cmark-lib)` both, since the rest is no package's. */
const CAPABILITY = /[^\s()]+(?:\([^\s()]*\))*/g;

function dependenciesIn(names: readonly string[], told: readonly Told[]): ReadonlyMap<string, Dependencies> {
  const found = new Map(names.map((name): [string, Dependencies] => [name, { any: [], sure: [] }]));
  const providers = new Map<string, Set<string>>();
  for (const { kind, name, what } of told)
    if (kind === "provide") providers.set(what, (providers.get(what) ?? new Set()).add(name));
  for (const { kind, name, what } of told) {
    if (kind !== "require" && kind !== "recommend") continue;
    const next = [...what.matchAll(CAPABILITY)].flatMap(([each]) => [...(providers.get(each) ?? [])]);
    found.get(name)?.any.push(...next);
    if (kind === "require" && next.length === 1 && isSure(what, next[0]!)) found.get(name)?.sure.push(next[0]!);
  }
  return found;
}

/** Whether a package is asked for by its name, `cmark-lib(x86-64)`, or by a library, which is all that a linked program needs of it. */
function isSure(what: string, name: string): boolean {
  return what === name || what.startsWith(`${name}(`) || /^lib[^()]*\.so\b/.test(what);
}
