import { argumentsOf } from "./call.ts";
import { pathsFootprint } from "./system.ts";
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
];

/** Print, or change the shell alone. */
const ON_NOTHING = ["echo", "true", ":", "set", "cd", "export", "umask", "pwd", "date", "sleep", "uname", "nproc"];

/** Change the lists of users, and their home folders. */
const ON_ACCOUNTS = ["useradd", "adduser", "groupadd", "addgroup", "usermod", "groupmod", "userdel", "deluser"];

const OTHERS = [
  ...[
    "install",
    "tee",
    "sed",
    "awk",
    "grep",
    "head",
    "tail",
    "sort",
    "cut",
    "tr",
    "find",
    "id",
    "which",
    "env",
    "sync",
  ],
  ...["passwd", "chpasswd", "printf", "false", "unset", "exit", "shopt", "xargs", "command", "type", "hash", "alias"],
  ...["dirname", "basename", "mktemp", "readlink", "gosu"],
];

/** Paths that hold nothing but caches and indexes. */
const CACHES =
  /^(\/var\/(lib\/apt\/lists|cache)|\/tmp|\/var\/tmp|(\/root|~|\$HOME)\/\.(cache|npm|m2|gradle|cargo))(\/|$)/;

/** Shell built-ins and small programs that move files and accounts about. `rm` of caches alone cleans. */
export const files: Ecosystem = {
  name: "files",
  commands: [...ON_PATHS, ...ON_NOTHING, ...ON_ACCOUNTS, ...OTHERS],
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
  if (ON_NOTHING.includes(call.tool)) return { reads: [], writes: [], network: false };
  if (ON_ACCOUNTS.includes(call.tool))
    return pathsFootprint(absoluteOnly(call), surroundings, ["/etc", "/home", "/var"]);
  return ON_PATHS.includes(call.tool) ? pathsFootprint(withoutMode(call), surroundings) : undefined;
}

/** Account names are no paths. */
function absoluteOnly(call: Call): Call {
  return { ...call, args: call.args.filter((word) => word === undefined || word.startsWith("/")) };
}

/** The mode or owner in front is no path. */
function withoutMode(call: Call): Call {
  const [first, ...rest] = call.args.filter((word) => !word?.startsWith("-"));
  const takesMode = /^ch(mod|own|grp)$/.test(call.tool);
  return takesMode && first !== undefined ? { ...call, args: rest } : call;
}
