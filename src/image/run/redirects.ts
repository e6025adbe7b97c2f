import type { Redirection } from "unbash";
import { digest, isKnown, type Text, unknownText } from "../digest.ts";
import { entryOf } from "../entry.ts";
import { absolute, parentOf } from "../paths.ts";
import { fileMode, folderExists, mayChange, mayRead, mayWrite, ownerOf } from "./files.ts";
import type { Machine } from "./machine.ts";
import type { ShellState, Sink } from "./state.ts";
import { type Expander, textOf, textOfParts } from "./words.ts";

/** Opens `redirections` one after another in `state`; false where one fails. The caller puts the old descriptors back. */
export function redirect(
  redirections: readonly Redirection[],
  state: ShellState,
  machine: Machine,
  expander: Expander,
): boolean {
  for (const redirection of redirections) {
    const fds = new Map(state.fds);
    const sink = open(redirection, state, machine, expander);
    if (sink === "failed") return false;
    const both = redirection.operator.startsWith("&>");
    const { descriptor } = redirection;
    const isInput = redirection.operator.startsWith("<");
    const fd = descriptor?.type === "FileDescriptor" ? descriptor.value : isInput ? 0 : 1;
    if (sink === undefined) fds.delete(fd);
    else fds.set(fd, sink);
    if (both && sink) fds.set(2, sink);
    state.fds = fds;
  }
  return true;
}

function open(
  redirection: Redirection,
  state: ShellState,
  machine: Machine,
  expander: Expander,
): Sink | "failed" | undefined {
  if (redirection.type === "HereDoc") {
    const { body, delimiter } = redirection;
    const raw = body.parts && !delimiter?.quoted ? textOfParts(body.parts, state, expander) : body.text;
    return { kind: "text", text: redirection.operator === "<<-" ? raw.replace(/^\t+/gm, "") : raw };
  }
  const target = redirection.target ? textOf(redirection.target, state, expander) : "";
  if (redirection.type === "HereString") return { kind: "text", text: `${target}\n` };
  switch (redirection.operator) {
    case "<&":
    case ">&":
      if (target === "-") return undefined;
      if (/^\d+$/.test(target)) return state.fds.get(Number(target));
      return { kind: "unknown", what: target };
    case "<":
      return input(target, state, machine);
    case "<>":
      return { kind: "unknown", what: unknownText("opened", target, machine.visible) };
    default:
      return output(target, redirection.operator.endsWith(">>"), state, machine);
  }
}

function input(target: Text, state: ShellState, machine: Machine): Sink | "failed" {
  if (target === "/dev/null") return { kind: "null" };
  const path = placeOf(target, state, machine);
  if (path === undefined)
    return { kind: "text", text: unknownText("content", target, state.cwd, machine.world.digest) };
  const found = machine.world.find(path);
  if (found.known && found.entry?.kind !== "file") return "failed";
  if (!found.known && !machine.oracle.succeeds(digest("exists", found.key))) return "failed";
  if (!mayRead(path, state, machine)) return "failed";
  if (found.known) return { kind: "text", text: found.entry!.content };
  return { kind: "text", text: unknownText("content", found.key) };
}

function output(target: Text, append: boolean, state: ShellState, machine: Machine): Sink | "failed" {
  if (target === "/dev/null") return { kind: "null" };
  if (target === "/dev/stdout") return state.fds.get(1) ?? "failed";
  if (target === "/dev/stderr") return state.fds.get(2) ?? "failed";
  if (target.startsWith("/dev/") || target.startsWith("/proc/")) return { kind: "log" };
  const path = placeOf(target, state, machine);
  if (path === undefined || path === "/") {
    machine.world.overwrite(digest("opened", target, state.cwd, state.user, state.umask, machine.world.digest));
    return { kind: "unknown", what: target };
  }
  if (!folderExists(parentOf(path), machine)) return "failed";
  const found = machine.world.find(path);
  const isNew = found.known && !found.entry;
  if (!(isNew ? mayChange : mayWrite)(path, state, machine)) return "failed";
  if (found.known) {
    const { entry } = found;
    if (entry && entry.kind !== "file") return "failed";
    if (!entry) machine.world.put(path, entryOf("file", fileMode(state), ownerOf(state)));
    else if (!append) machine.world.put(path, entryOf("file", entry.mode, entry.owner));
  } else {
    // Whether it is a new file or one of the base image, its mode and owner follow from these.
    const mode = unknownText("mode", found.key, fileMode(state));
    const owner = unknownText("owner", found.key, ownerOf(state));
    const content = append ? unknownText("content", found.key) : "";
    machine.world.put(path, entryOf("file", mode, owner, content));
  }
  return { kind: "file", path };
}

/** The path with links followed, or undefined where it is not known. */
export function placeOf(text: Text, state: ShellState, machine: Machine, followLast = true): string | undefined {
  if (text === "") return undefined;
  const path = absolute(isKnown(state.cwd) ? state.cwd : undefined, text);
  return path === undefined ? undefined : machine.world.resolve(path, followLast);
}
