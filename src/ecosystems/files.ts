import { argumentsOf } from "./call.ts";
import { PROGRAM_FOLDERS, pathsFootprint } from "./system.ts";
import type { Call, Ecosystem, Footprint, Recognised, Surroundings } from "./types.ts";

/** Touch the paths that they are given, at most. */
const ON_PATHS = [
  "mkdir",
  "rmdir",
  "chmod",
  "chown",
  "chgrp",
  "ln",
  "touch",
  "cp",
  "mv",
  "rm",
  "ls",
  "stat",
  "cat",
  "test",
  "[",
  "tee",
  "strip",
  "upx",
  "dos2unix",
];

/** Those among them that change nothing. */
const LOOKING = ["ls", "stat", "cat", "test", "["];

/** Print, or change the shell alone. */
const ON_NOTHING = [
  "echo",
  "true",
  ":",
  "set",
  "cd",
  "export",
  "umask",
  "pwd",
  "date",
  "sleep",
  "uname",
  "nproc",
  "printf",
];

/** Change the lists of users, and their home folders. */
const ON_ACCOUNTS = [
  "useradd",
  "adduser",
  "groupadd",
  "addgroup",
  "usermod",
  "groupmod",
  "userdel",
  "deluser",
  "passwd",
  "chpasswd",
];

const OTHERS = [
  ...["awk", "grep", "head", "tail", "sort", "cut", "tr", "find", "id", "which", "env", "sync"],
  ...["false", "unset", "exit", "shopt", "xargs", "command", "type", "hash", "alias"],
  ...["pkg-config", "dirname", "basename", "mktemp", "readlink", "gosu"],
];

/** Paths that hold nothing but caches and indexes. */
const CACHES =
  /^(\/var\/(lib\/apt\/lists|cache)|\/tmp|\/var\/tmp|(\/root|~|\$HOME)\/\.(cache|npm|m2|gradle|cargo))(\/|$)/;

/** Shell built-ins and small programs that move files and accounts about. `rm` of caches alone cleans. */
export const files: Ecosystem = {
  name: "files",
  commands: [...ON_PATHS, ...ON_NOTHING, ...ON_ACCOUNTS, "install", "sed", ...OTHERS],
  recognise,
  footprint,
};

function recognise(call: Call): Recognised {
  if (call.tool !== "rm") return { purpose: "files", action: call.tool };
  const { positional } = argumentsOf(call.args);
  const cleans = positional.length > 0 && positional.every((path) => CACHES.test(path ?? ""));
  return { purpose: cleans ? "clean" : "files", action: "rm" };
}

function footprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  if (printsVariables(call)) return undefined;
  if (ON_NOTHING.includes(call.tool)) return { reads: [], writes: [], network: false };
  if (call.tool === "pkg-config") return { reads: PROGRAM_FOLDERS, writes: [], network: false };
  if (ON_ACCOUNTS.includes(call.tool))
    return pathsFootprint(absoluteOnly(call), surroundings, ["/etc", "/home", ...RECORDS]);
  if (call.tool === "sed") return sedFootprint(call, surroundings);
  if (call.tool === "install") return installFootprint(call, surroundings);
  if (!ON_PATHS.includes(call.tool) || call.args.some((word) => word?.startsWith("--reference"))) return undefined;
  const touched = pathsFootprint(withoutMode(call), surroundings);
  return touched && LOOKING.includes(call.tool) ? { ...touched, writes: [] } : touched;
}

/** Mail, logins, and what else is kept of users (useradd(8), FILES). */
const RECORDS = ["/var/lib", "/var/log", "/var/mail", "/var/spool"];

/** `set` and `export -p` print what is set. */
function printsVariables({ tool, args }: Call): boolean {
  return (tool === "set" || tool === "export") && args.every((word) => word === "-p");
}

/** Substitutions, deletions and lines added: no command that reads or writes a file, or runs a program. */
const SED_SCRIPT = /^([\d$,]+|\/[^/]*\/)?(s([/|#@,:!~%]).*\3.*\3[gIi\d]*|d|p|[aic]\\?[^\n]*)$/s;

function sedFootprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const options = call.args.filter((word) => word?.startsWith("-"));
  const [first, ...paths] = call.args.filter((word) => !word?.startsWith("-"));
  if (first === undefined || !SED_SCRIPT.test(first)) return undefined;
  if (!options.every((word) => /^-(i|[nrE]+|[rE]i|e|ie|re|Ee)$/.test(word ?? ""))) return undefined;
  return pathsFootprint({ ...call, args: paths }, surroundings);
}

/** Its mode and owner are no paths; whom `-o` and `-g` name must exist. */
function installFootprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const { options, positional } = argumentsOf(call.args, ["-m", "--mode", "-o", "--owner", "-g", "--group"]);
  const names = [...options.keys()];
  if (names.some((name) => !/^(-[mog]\w*|--(mode|owner|group|directory)|-[dvDpC]+|-dm)$/.test(name))) return undefined;
  const paths = options.has("-dm") ? positional.slice(1) : positional;
  const touched = pathsFootprint({ ...call, args: paths }, surroundings);
  const isOwned = names.some((name) => /^-(-owner|-group|[og])/.test(name));
  return touched && isOwned ? { ...touched, reads: [...touched.reads, ...ACCOUNT_FILES] } : touched;
}

const ACCOUNT_FILES = ["/etc/passwd", "/etc/group"];

/** Account names are no paths; `--home=/app` and `-d/app` hold one. */
function absoluteOnly(call: Call): Call {
  const paths = call.args.map((word) => word?.replace(/^-[\w-]*=?(?=\/)/, ""));
  return { ...call, args: paths.filter((word) => word === undefined || word.startsWith("/")) };
}

/** The mode or owner in front is no path. */
function withoutMode(call: Call): Call {
  const takesMode = /^ch(mod|own|grp)$/.test(call.tool);
  // `chmod -x` takes a mode, too.
  const [first, ...rest] = call.args.filter((word) => !/^(-[RvcfhHLP]+$|--)/.test(word ?? ""));
  return takesMode && first !== undefined ? { ...call, args: rest } : call;
}
