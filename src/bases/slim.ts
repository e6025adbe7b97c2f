/** Images with fewer packages that can stand in the place of the base, by the words of its tag. */
import { formatReference } from "../dockerfile/index.ts";
import { distributionOf } from "./distributions.ts";
import type { KnownBase } from "./types.ts";
import { isSince, MOVING, type Variant, variant } from "./variant.ts";

const FEWER_PACKAGES = "without compilers and -dev packages";

type Place = "end" | "behind-version";

interface SlimRule {
  /** Where the tag has the word. */
  readonly at: Place;
  /** The first version that has it, and the first of its parts. */
  readonly since: readonly number[];
  readonly note: string;
  /** Words that may stand in the tag beside version and suite. */
  readonly beside?: RegExp;
  /** Only where the tag names a suite. */
  readonly withSuite?: true;
  /** The first release of Debian or Ubuntu whose suite can be named with it; 9 is Debian's stretch. */
  readonly suiteSince?: number;
  /** The first version that had it beside the name of a suite. */
  readonly besideSuiteSince?: readonly number[];
}

const SLIM: Readonly<Record<string, SlimRule>> = {
  bun: { at: "end", since: [1], note: "without documentation and a few tools" },
  debian: { at: "end", since: [7], note: "without documentation and a few tools", beside: /^\d{8}$/, suiteSince: 7 },
  elixir: { at: "end", since: [1, 9], note: FEWER_PACKAGES, beside: /^(otp|\d+)$/ },
  erlang: { at: "end", since: [19], note: FEWER_PACKAGES },
  haskell: {
    at: "behind-version",
    since: [9, 2],
    note: "without profiling libraries",
    withSuite: true,
    suiteSince: 10,
  },
  node: { at: "end", since: [4], note: FEWER_PACKAGES, besideSuiteSince: [10, 14] },
  perl: { at: "behind-version", since: [5, 30], note: FEWER_PACKAGES, beside: /^threaded$/ },
  python: { at: "behind-version", since: [2, 7, 9], note: FEWER_PACKAGES },
  ruby: { at: "behind-version", since: [2, 2], note: FEWER_PACKAGES },
  rust: { at: "behind-version", since: [1, 25], note: "with a C compiler and few other packages" },
  swift: { at: "end", since: [5, 2], besideSuiteSince: [5, 2], note: "the runtime library without the compiler" },
};

/** Undefined where the image has none, or its tag has a word that no rule knows. */
export function slimOf(base: KnownBase): Variant | undefined {
  const { family, reference, distribution } = base;
  if (family.name === "nginx") return slimNginx(base);
  const minimal = minimalOf(base);
  if (minimal) return minimal;
  const rule = SLIM[family.name];
  if (!rule || (distribution?.name !== "debian" && distribution?.name !== "ubuntu")) return undefined;
  const words = reference.tag?.split("-") ?? ["latest"];
  const [first = "", ...rest] = words;
  const isVersion = /^\d+(\.\d+)*$/.test(first);
  const isMoving = MOVING.test(first) || family.codenames?.[first] !== undefined;
  const beside = isVersion || isMoving ? rest : words;
  const suites = beside.filter((word) => distributionOf(word) !== undefined);
  if (!beside.every((word) => suites.includes(word) || rule.beside?.test(word))) return undefined;
  if (isVersion && !isSince(first, rule.since)) return undefined;
  if (rule.withSuite && suites.length === 0) return undefined;
  if (suites.length > 0 && !hasSuite(base, rule)) return undefined;
  // The number of Erlang alone says nothing of Elixir's.
  if ((first === "latest" || first === "otp") && rest.length > 0) return undefined;
  if (family.name === "debian" && !hasSlimDebian(words)) return undefined;
  const isLatest = words.length === 1 && first === "latest";
  const tag = isLatest ? latestSlim(family.name) : withSlim(words, rule.at, isVersion || isMoving);
  return variant(reference, tag, "slim", rule.note);
}

/** Debian has no `slim` alone; `stable` is what `latest` means. */
function latestSlim(family: string): string {
  return family === "debian" ? "stable-slim" : "slim";
}

function withSlim(words: readonly string[], at: Place, hasFront: boolean): string {
  const front = at === "end" ? words.length : hasFront ? 1 : 0;
  return [...words.slice(0, front), "slim", ...words.slice(front)].join("-");
}

function hasSuite({ family, version, distribution }: KnownBase, rule: SlimRule): boolean {
  const release = Number.parseInt(distribution?.version ?? "9", 10);
  // Swift's images on Debian began without one, and an interim release of Ubuntu never had it.
  if (family.name === "swift" && distribution?.version === "23.10") return false;
  if (family.name === "swift" && distribution?.name === "debian" && !isSince(version ?? "9", [6, 2])) return false;
  return release >= (rule.suiteSince ?? 9) && isSince(version ?? "99", rule.besideSuiteSince ?? [0]);
}

/** Point releases have it since 7.11, 8.10 and 9.3, dated builds since October 2018. */
function hasSlimDebian([first = "", build]: readonly string[]): boolean {
  const firsts: Readonly<Record<string, number>> = { 7: 11, 8: 10, 9: 3 };
  const [major = "", minor] = first.split(".");
  if (build !== undefined && /^\d{8}$/.test(build) && build < "20181011") return false;
  return minor === undefined || Number(minor) >= (firsts[major] ?? 0);
}

function slimNginx({ reference, version, words }: KnownBase): Variant | undefined {
  const isAlpine = words.filter((word) => !/^(stable|mainline)$/.test(word)).every((word) => /^alpine/.test(word));
  if (!isAlpine || !words.some((word) => /^alpine/.test(word))) return undefined;
  if (version !== undefined && version !== "1" && !isSince(version, [1, 24])) return undefined;
  return variant(reference, `${reference.tag}-slim`, "slim", "without the modules that are loaded on demand");
}

/** The minimal images of Red Hat Enterprise Linux and its relatives. */
function minimalOf({ family, reference, version, words }: KnownBase): Variant | undefined {
  const note = Number.parseInt(version ?? "9", 10) < 8 ? "with fewer packages" : "with microdnf in the place of dnf";
  const { tag } = reference;
  switch (family.name) {
    case "almalinux":
    case "rockylinux": {
      if (words.length > 0 || version === undefined || !isSince(version, [8])) return undefined;
      const isOld = family.name === "rockylinux" && /^8\.[0-5](\.|$)/.test(version);
      return isOld ? undefined : variant(reference, `${tag}-minimal`, "slim", note);
    }
    case "oraclelinux":
      return /^(7|8|9|10)$/.test(tag ?? "") ? variant(reference, `${tag}-slim`, "slim", note) : undefined;
    case "ubi": {
      const of = /^ubi(\d+)(?:\/ubi)?$/.exec(reference.repository)?.[1];
      if (of === undefined || !/^(latest|\d+(\.\d+)?)$/.test(tag ?? "latest")) return undefined;
      const name = `${reference.registry}/ubi${of}/ubi-minimal`;
      return { reference: formatReference({ name, tag, digest: undefined }), kind: "slim", note };
    }
    default:
      return undefined;
  }
}
