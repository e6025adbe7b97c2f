import { argumentsOf } from "./call.ts";
import type { Call, Ecosystem, Recognised } from "./types.ts";

/** Cheap bookkeeping. */
const FILES: readonly string[] = [
  ...["mkdir", "rmdir", "chmod", "chown", "chgrp", "ln", "touch", "cp", "mv", "install", "tee", "sed", "awk", "grep"],
  ...["cat", "head", "tail", "sort", "cut", "tr", "find", "ls", "stat", "test", "[", "id", "which", "env", "uname"],
  ...["useradd", "adduser", "groupadd", "addgroup", "usermod", "userdel", "deluser", "passwd", "chpasswd", "gosu"],
  ...[
    "echo",
    "printf",
    "true",
    "false",
    ":",
    "set",
    "cd",
    "export",
    "unset",
    "exit",
    "umask",
    "shopt",
    "date",
    "xargs",
  ],
  ...["command", "type", "hash", "alias", "pwd", "sync", "dirname", "basename", "mktemp", "readlink", "nproc", "sleep"],
];

/** Paths that hold nothing but caches and indexes. */
const CACHES =
  /^(\/var\/(lib\/apt\/lists|cache)|\/tmp|\/var\/tmp|(\/root|~|\$HOME)\/\.(cache|npm|m2|gradle|cargo))(\/|$)/;

/** Shell built-ins and small programs that move files and accounts about. `rm` of caches alone cleans. */
export const files: Ecosystem = { name: "files", commands: [...FILES, "rm"], recognise };

function recognise(call: Call): Recognised | undefined {
  if (call.tool !== "rm") return { purpose: "files", action: call.tool };
  const { positional } = argumentsOf(call.args);
  const cleans = positional.length > 0 && positional.every((path) => CACHES.test(path ?? ""));
  return { purpose: cleans ? "clean" : "files", action: "rm" };
}
