import { posix } from "node:path";
import { argumentsOf } from "./call.ts";
import { downloadFootprint } from "./downloads.ts";
import { subcommands } from "./subcommands.ts";
import { homeOf, PACKAGED_FOLDERS, PROGRAM_FOLDERS, SYSTEM_FOLDERS, systemFootprint } from "./system.ts";
import type { Call, Ecosystem, Footprint, Surroundings } from "./types.ts";
import { unpackFootprint } from "./unpack.ts";

/** Settings of the system, by names: nothing that they are given is a file. */
const BY_NAME: readonly string[] = [
  ...["add-apt-repository", "update-ca-certificates", "dpkg-reconfigure", "locale-gen", "apt-mark", "a2enmod"],
  ...["dpkg-architecture", "a2ensite", "a2dismod"],
];

/** Likewise, but words may be files: `apt-key add release.asc`, `dpkg -i /tmp/tool.deb`. */
const BY_FILE: readonly string[] = ["apt-key", "debconf-set-selections", "dpkg", "rpm", "ldconfig", "setcap"];

const OTHERS: readonly string[] = [
  ...["gunzip", "bunzip2", "xz", "gpg", "gpg2", "gpgconf", "sha1sum", "sha256sum", "sha512sum"],
];

/** Programs that bring tools in from elsewhere, and unpack and trust them: what they do doesn't depend on the app. */
export const fetch: Ecosystem = {
  ...subcommands({
    name: "fetch",
    commands: ["curl", "wget", "tar", "unzip", ...BY_NAME, ...BY_FILE, ...OTHERS],
    purposes: {},
    otherwise: "system",
  }),
  footprint(call, surroundings) {
    const { tool } = call;
    if (tool === "curl" || tool === "wget") return downloadFootprint(call, surroundings);
    if (tool === "tar" || tool === "unzip") return unpackFootprint(call, surroundings);
    // Apache is the distribution's.
    if (tool.startsWith("a2")) return systemFootprint(call, PACKAGED_FOLDERS);
    if (BY_NAME.includes(tool)) return systemFootprint(call, SYSTEM_FOLDERS);
    return BY_FILE.includes(tool) ? withFiles(call, surroundings) : undefined;
  },
};

function withFiles(call: Call, { cwd }: Surroundings): Footprint | undefined {
  const files = argumentsOf(call.args).positional.filter((word) => !/^(add|adv|-|\w+:\/\/.*)$/s.test(word ?? ""));
  const paths: string[] = [];
  for (const file of files) {
    if (file === undefined || /[*?[]/.test(file) || (cwd === undefined && !file.startsWith("/"))) return undefined;
    paths.push(posix.resolve(cwd ?? "/", file));
  }
  if (call.args.includes(undefined)) return undefined;
  const touched = [...SYSTEM_FOLDERS, ...paths];
  return { reads: touched, writes: touched, network: true, anywhere: files.every((file) => file?.startsWith("/")) };
}

/** Git, as far as it fetches other people's sources. */
export const git: Ecosystem = {
  ...subcommands({
    name: "git",
    purposes: { system: ["clone", "lfs install"], files: ["config"] },
    valued: ["-c", "-C"],
  }),
  footprint: gitFootprint,
};

const CLONE_VALUED: readonly string[] = ["-b", "--branch", "--depth", "-j", "--jobs", "-o", "--origin"];

const CLONE_OPTIONS =
  /^(-q|--quiet|-v|--verbose|--progress|-j\d+|--recursive|--recurse-submodules|--single-branch|--no-tags|--shallow-submodules|--filter|-b|--branch|--depth|-j|--jobs|-o|--origin)$/;

function gitFootprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const home = homeOf(surroundings);
  const [action, ...args] = call.args;
  if (home === undefined) return undefined;
  const settings = [".gitconfig", ".config/git"].map((name) => posix.join(home, name));
  if (action === "config") {
    if (!args.includes("--global") && !args.includes("--system")) return undefined;
    const touched = [...settings, "/etc/gitconfig"];
    return { reads: [...PROGRAM_FOLDERS, ...touched], writes: touched, network: false, anywhere: true };
  }
  if (action !== "clone") return undefined;
  const { positional, options } = argumentsOf(args, CLONE_VALUED);
  const [address, folder = /([^/:]+?)(\.git)?\/?$/.exec(address ?? "")?.[1], ...more] = positional;
  const isKnown = [...options].every(([name, value]) => CLONE_OPTIONS.test(name) && value !== undefined);
  if (!isKnown || more.length > 0 || positional.includes(undefined) || folder === undefined) return undefined;
  if (!/^((https?|git|ssh):\/\/|git@)/.test(address ?? "") || /[$`]/.test(folder)) return undefined;
  const { cwd } = surroundings;
  const isAbsolute = folder.startsWith("/");
  if (!isAbsolute && cwd === undefined) return undefined;
  const target = posix.resolve(cwd ?? "/", folder);
  // The keys of hosts that it met.
  const met = /^https?:/.test(address ?? "") ? [] : [posix.join(home, ".ssh")];
  const credentials = [".netrc", ".git-credentials"].map((name) => posix.join(home, name));
  const reads = [...PROGRAM_FOLDERS, ...settings, ...credentials, ...met, target];
  return { reads, writes: [target, ...met], network: true, anywhere: isAbsolute };
}
