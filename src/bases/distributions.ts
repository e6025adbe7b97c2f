/** Distributions: their codenames, how tags name them, and what follows for programs in them. */
import type { CLibrary, Distribution, DistributionName, PackageManager } from "./types.ts";

const DEBIAN: Readonly<Record<string, string>> = {
  squeeze: "6",
  wheezy: "7",
  jessie: "8",
  stretch: "9",
  buster: "10",
  bullseye: "11",
  bookworm: "12",
  trixie: "13",
  forky: "14",
};

const UBUNTU: Readonly<Record<string, string>> = {
  precise: "12.04",
  trusty: "14.04",
  utopic: "14.10",
  vivid: "15.04",
  wily: "15.10",
  xenial: "16.04",
  yakkety: "16.10",
  zesty: "17.04",
  artful: "17.10",
  bionic: "18.04",
  cosmic: "18.10",
  disco: "19.04",
  eoan: "19.10",
  focal: "20.04",
  groovy: "20.10",
  hirsute: "21.04",
  impish: "21.10",
  jammy: "22.04",
  kinetic: "22.10",
  lunar: "23.04",
  mantic: "23.10",
  noble: "24.04",
  oracular: "24.10",
  plucky: "25.04",
  questing: "25.10",
  resolute: "26.04",
};

/** Names of Debian's suites that stand for another release each few years. */
const MOVING_SUITES: ReadonlySet<string> = new Set([
  "stable",
  "oldstable",
  "oldoldstable",
  "testing",
  "unstable",
  "sid",
]);

/** Words of tags that name a distribution, with its version where the word has one. */
const WORDS: readonly (readonly [RegExp, DistributionName])[] = [
  [/^alpine(\d+\.\d+)?$/, "alpine"],
  [/^(?:al|amazonlinux|amzn)(\d+)$|^amazonlinux$|^corretto$/, "amazonlinux"],
  [/^oraclelinux(\d+)$|^oracle$/, "oraclelinux"],
  [/^(?:ubi|rhel)(\d+)?$/, "rhel"],
  [/^centos(\d+(?:\.\d+)*)$/, "centos"],
  [/^stream(\d+)$/, "centos-stream"],
  [/^fedora(\d+)?$/, "fedora"],
  [/^rockylinux(\d+)$/, "rockylinux"],
  [/^ubuntu(\d+\.\d+)$/, "ubuntu"],
  [/^debian(\d+)?$/, "debian"],
  [/^azurelinux(\d+\.\d+)?$/, "azurelinux"],
  [/^(?:ltsc(\d{4})|windowsservercore|nanoserver|windows)$/, "windows"],
];

/** The distribution that the words of a tag name. A suite says more than `debian`, and `rhel-ubi9` more than `rhel`. */
export function distributionIn(words: readonly string[]): Distribution | undefined {
  const found = words.flatMap((word, at) => distributionOf(word, words[at + 1]) ?? []);
  return found.find(({ version }) => version !== undefined) ?? found[0];
}

/** @param next the word behind it: Temurin writes `alpine-3.20` */
export function distributionOf(word: string, next?: string): Distribution | undefined {
  if (DEBIAN[word] !== undefined) return { name: "debian", version: DEBIAN[word] };
  if (UBUNTU[word] !== undefined) return { name: "ubuntu", version: UBUNTU[word] };
  if (MOVING_SUITES.has(word)) return { name: "debian", version: undefined };
  for (const [pattern, name] of WORDS) {
    const match = pattern.exec(word);
    if (!match) continue;
    const apart = name === "alpine" && /^\d+\.\d+$/.test(next ?? "") ? next : undefined;
    return { name, version: match[1] ?? apart };
  }
  return undefined;
}

export function libcOf({ name }: Distribution): CLibrary | undefined {
  if (name === "alpine") return "musl";
  // BusyBox and Windows: the first has an image for each library, the second none of these.
  return name === "busybox" || name === "windows" ? undefined : "glibc";
}

/** @param isSlim the minimal images of Red Hat's relatives have another one */
export function packageManagerOf({ name, version }: Distribution, isSlim: boolean): PackageManager | undefined {
  const major = version === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(version, 10);
  switch (name) {
    case "debian":
    case "ubuntu":
      return "apt";
    case "alpine":
      return "apk";
    case "azurelinux":
      return "tdnf";
    case "fedora":
      return major < 22 ? "yum" : "dnf";
    case "amazonlinux":
      return major >= 2022 ? "dnf" : "yum";
    case "almalinux":
    case "centos":
    case "centos-stream":
    case "oraclelinux":
    case "rhel":
    case "rockylinux":
      if (major < 8) return "yum";
      return isSlim ? "microdnf" : "dnf";
    default:
      return undefined;
  }
}

/** The image that is a distribution and nothing else, in its smallest form; undefined where no version is known. */
export function imageOf({ name, version }: Distribution): string | undefined {
  if (version === undefined) return undefined;
  if (name === "debian") return `debian:${suiteOf(version) ?? version}-slim`;
  return name === "ubuntu" || name === "alpine" || name === "amazonlinux" ? `${name}:${version}` : undefined;
}

function suiteOf(version: string): string | undefined {
  return Object.keys(DEBIAN).find((suite) => DEBIAN[suite] === version);
}

export const DISTRIBUTION_TITLES: Readonly<Record<DistributionName, string>> = {
  almalinux: "AlmaLinux",
  alpine: "Alpine",
  amazonlinux: "Amazon Linux",
  azurelinux: "Azure Linux",
  busybox: "BusyBox",
  centos: "CentOS",
  "centos-stream": "CentOS Stream",
  debian: "Debian",
  fedora: "Fedora",
  oraclelinux: "Oracle Linux",
  rhel: "RHEL",
  rockylinux: "Rocky Linux",
  ubuntu: "Ubuntu",
  windows: "Windows Server",
};
