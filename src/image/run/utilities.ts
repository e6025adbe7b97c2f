import { digest, isKnown, type Text, unknownText } from "../digest.ts";
import { ownerAfter } from "../owners.ts";
import { groundOwnedBy } from "../runtime-rules.ts";
import { type Entry, entryOf, type Ground, nameOf, namesOf, parentOf } from "../tree.ts";
import type { Call } from "./command.ts";
import type { Evaluator } from "./evaluate.ts";
import { fileMode, folderExists, folderMode, ownerOf } from "./files.ts";
import type { Machine } from "./machine.ts";
import { namePattern } from "./pattern.ts";
import { placeOf } from "./redirects.ts";
import type { ShellState } from "./state.ts";

/** Runs a small program whose effect is known; undefined for a use of it that is not. */
type Utility = (call: Call, state: ShellState, evaluator: Evaluator) => number | undefined;

interface Parsed {
  readonly options: ReadonlySet<string>;
  /** Paths and other operands; patterns are refused unless asked for. */
  readonly operands: readonly Text[];
}

/** Options out of `letters` and operands of a call; undefined where it holds anything else. */
function parsed(
  { args, fields }: Call,
  letters: string,
  long: Readonly<Record<string, string>> = {},
): Parsed | undefined {
  if (fields.some((field) => field.pattern) || !args.every(isKnown)) return undefined;
  const options = new Set<string>();
  const operands: Text[] = [];
  let ended = false;
  for (const argument of args) {
    if (ended || !argument.startsWith("-") || argument === "-") operands.push(argument);
    else if (argument === "--") ended = true;
    else if (argument.startsWith("--")) {
      const letter = long[argument];
      if (letter === undefined) return undefined;
      options.add(letter);
    } else {
      for (const letter of argument.slice(1)) {
        if (!letters.includes(letter)) return undefined;
        options.add(letter);
      }
    }
  }
  return { options, operands };
}

/** Runs `one` for every operand; the status is that of the last that failed. Undefined where a path is not known. */
function each(
  operands: readonly Text[],
  state: ShellState,
  machine: Machine,
  one: (path: string) => boolean,
  followLast = true,
): number | undefined {
  const paths = operands.map((operand) => placeOf(operand, state, machine, followLast));
  if (paths.some((path) => path === undefined || path === "/")) return undefined;
  let status = 0;
  for (const path of paths) if (!one(path as string)) status = 1;
  return status;
}

const touch: Utility = (call, state, { machine }) => {
  const use = parsed(call, "cam");
  return (
    use &&
    each(use.operands, state, machine, (path) => {
      if (!folderExists(parentOf(path), machine)) return false;
      const found = machine.world.find(path);
      if (found.known && found.entry) return true;
      if (use.options.has("c")) return true;
      if (found.known) machine.world.put(path, entryOf("file", fileMode(state), ownerOf(state)));
      else {
        const mode = unknownText("mode", found.key, fileMode(state));
        const owner = unknownText("owner", found.key, ownerOf(state));
        machine.world.put(path, entryOf("file", mode, owner, unknownText("content", found.key)));
      }
      return true;
    })
  );
};

const mkdir: Utility = (call, state, { machine }) => {
  const use = parsed(call, "pv", { "--parents": "p", "--verbose": "v" });
  return (
    use &&
    each(use.operands, state, machine, (path) => {
      if (use.options.has("p")) return machine.world.ensureFolder(path, folderMode(state), ownerOf(state));
      if (!folderExists(parentOf(path), machine) || !isFree(path, machine)) return false;
      machine.world.remove(path);
      machine.world.put(path, entryOf("folder", folderMode(state), ownerOf(state)));
      return true;
    })
  );
};

function isFree(path: string, machine: Machine): boolean {
  const found = machine.world.find(path);
  return found.known ? found.entry === undefined : machine.oracle.succeeds(digest("free", found.key));
}

const rm: Utility = (call, state, { machine }) => {
  const patterns = call.fields.filter((field) => field.pattern).map((field) => field.text);
  const plain: Call = {
    ...call,
    fields: call.fields.filter((field) => !field.pattern),
    args: call.args.filter((_, index) => !call.fields[index]!.pattern),
  };
  const use = parsed(plain, "rRfvd", { "--recursive": "r", "--force": "f" });
  if (!use) return undefined;
  const places = patterns.map((pattern) =>
    placeOf(pattern.slice(0, pattern.lastIndexOf("/") + 1) || ".", state, machine),
  );
  const names = patterns.map((pattern) => namePattern(pattern.slice(pattern.lastIndexOf("/") + 1)));
  const isRecursive = use.options.has("r") || use.options.has("R");
  const isForced = use.options.has("f");
  if (patterns.length > 0 && !(isForced && isRecursive)) return undefined;
  if (places.some((place) => place === undefined || place === "/" || /[*?[]/.test(place)) || names.includes(undefined))
    return undefined;
  const status = each(
    use.operands,
    state,
    machine,
    (path) => {
      const found = machine.world.find(path);
      if (found.known && !found.entry) return isForced;
      if (found.known && found.entry?.kind === "folder" && !isRecursive) return false;
      if (!found.known && !isForced && !machine.oracle.succeeds(digest("exists", found.key))) return false;
      machine.world.remove(path);
      return true;
    },
    false,
  );
  if (status === undefined) return undefined;
  for (const [index, place] of places.entries()) machine.world.removeMatching(place!, names[index]!, patterns[index]!);
  return status;
};

const cat: Utility = (call, state, { machine }) => {
  const use = parsed(call, "");
  if (!use) return undefined;
  const sink = state.fds.get(0);
  if (use.operands.length === 0) {
    if (sink?.kind !== "text" && sink?.kind !== "null") return undefined;
    machine.write(state, 1, sink.kind === "text" ? sink.text : "");
    return 0;
  }
  return each(use.operands, state, machine, (path) => {
    const found = machine.world.find(path);
    if (found.known && found.entry?.kind !== "file") return false;
    if (!found.known && !machine.oracle.succeeds(digest("exists", found.key))) return false;
    machine.write(state, 1, found.known ? found.entry!.content : unknownText("content", found.key));
    return true;
  });
};

const tee: Utility = (call, state, { machine }) => {
  const use = parsed(call, "a");
  const sink = state.fds.get(0);
  if (!use || sink?.kind !== "text") return undefined;
  const status = each(use.operands, state, machine, (path) => {
    if (!folderExists(parentOf(path), machine)) return false;
    const found = machine.world.find(path);
    if (found.known && found.entry && found.entry.kind !== "file") return false;
    const old = found.known ? found.entry : undefined;
    const mode = old?.mode ?? (found.known ? fileMode(state) : unknownText("mode", found.key, fileMode(state)));
    const owner = old?.owner ?? (found.known ? ownerOf(state) : unknownText("owner", found.key, ownerOf(state)));
    const kept = !use.options.has("a") ? "" : found.known ? (old?.content ?? "") : unknownText("content", found.key);
    machine.world.put(path, entryOf("file", mode, owner, kept + sink.text));
    return true;
  });
  if (status !== undefined) machine.write(state, 1, sink.text);
  return status;
};

const ln: Utility = (call, state, { machine }) => {
  const use = parsed(call, "sfnv");
  const [target, link] = use?.operands ?? [];
  if (!use?.options.has("s") || use.operands.length !== 2) return undefined;
  const path = placeOf(link!, state, machine, false);
  if (path === undefined || path === "/" || link!.endsWith("/")) return undefined;
  const found = machine.world.find(path);
  if (found.known && (found.entry?.kind === "folder" || found.entry?.kind === "ensured")) return undefined;
  if (!folderExists(parentOf(path), machine)) return 1;
  if (!use.options.has("f") && !isFree(path, machine)) return 1;
  machine.world.put(path, entryOf("link", "777", ownerOf(state), target!));
  return 0;
};

const chmod: Utility = (call, state, { machine }) => {
  const use = parsed(call, "Rv", { "--recursive": "R" });
  const [mode, ...paths] = use?.operands ?? [];
  if (!use || mode === undefined || paths.length === 0) return undefined;
  const changed = (entry: Entry): Entry => {
    if (entry.kind === "link") return entry;
    const next = /^[0-7]{3,4}$/.test(mode)
      ? mode.replace(/^0/, "")
      : unknownText("chmod", mode, entry.mode, entry.kind, state.umask);
    return entryOf(
      entry.kind,
      entry.kind === "ensured" ? unknownText("chmod", mode, entry.mode) : next,
      entry.owner,
      entry.content,
    );
  };
  return changeAll(
    paths,
    use.options.has("R"),
    (ground) => digest("changed", digest("chmod", mode), ground),
    changed,
    state,
    machine,
  );
};

const chown: Utility = (call, state, { machine }) => {
  const use = parsed(call, "Rvh", { "--recursive": "R" });
  const [owner, ...paths] = use?.operands ?? [];
  if (!use || owner === undefined || paths.length === 0) return undefined;
  const changed = (entry: Entry): Entry => {
    const next = ownerAfter(owner, entry.owner);
    // chown strips set-user-ID and set-group-ID.
    const mode = entry.kind === "file" ? entry.mode.replace(/^[2-7]([0-7]{3})$/, "$1") : entry.mode;
    return entryOf(
      entry.kind,
      mode,
      entry.kind === "ensured" ? unknownText("chown", owner, entry.owner) : next,
      entry.content,
    );
  };
  const given = (ground: Ground) => groundOwnedBy(ground, owner, machine.runtime);
  return changeAll(paths, use.options.has("R"), given, changed, state, machine);
};

function changeAll(
  paths: readonly Text[],
  isRecursive: boolean,
  given: (ground: Ground) => Ground,
  changed: (entry: Entry) => Entry,
  state: ShellState,
  machine: Machine,
): number | undefined {
  return each(paths, state, machine, (path) => {
    const found = machine.world.find(path);
    if (found.known && !found.entry) return false;
    if (!found.known && !machine.oracle.succeeds(digest("exists", found.key))) return false;
    if (isRecursive) machine.world.mapAll(path, changed, given);
    else if (found.known) machine.world.put(path, changed(found.entry!));
    else machine.world.cover(path, digest("changed", given(machine.world.digestOf(path))));
    return true;
  });
}

const cp: Utility = (call, state, { machine }) => {
  const use = parsed(call, "rRapfdv", { "--recursive": "r", "--archive": "a" });
  return (
    use &&
    transfer(use, state, machine, (from, to) => {
      const { world } = machine;
      const keeps = use.options.has("a") || use.options.has("p");
      const found = world.find(from);
      if (!found.known) return undefined;
      if (!found.entry) return false;
      const isFolder = found.entry.kind !== "file" && found.entry.kind !== "link";
      if (isFolder && !["r", "R", "a"].some((letter) => use.options.has(letter))) return false;
      // Copying over what is there merges folders and keeps a file's owner: left to the uninterpreted case.
      const there = world.find(to);
      if (!there.known || there.entry) return undefined;
      world.graft(to, world.share(from));
      if (keeps) return true;
      const renewed = (entry: Entry) =>
        entryOf(entry.kind, entry.kind === "link" ? "777" : unmasked(entry.mode, state), ownerOf(state), entry.content);
      world.mapAll(to, renewed, (ground) => digest("copied", ground, state.user, state.umask));
      return true;
    })
  );
};

/** The mode of a copy: the source's, without the umask's bits. */
function unmasked(mode: Text, { umask }: ShellState): Text {
  if (!/^[0-7]+$/.test(mode) || !/^[0-7]+$/.test(umask)) return unknownText("copied", mode, umask);
  return (Number.parseInt(mode, 8) & ~Number.parseInt(umask, 8)).toString(8);
}

const mv: Utility = (call, state, { machine }) => {
  const use = parsed(call, "fv");
  return (
    use &&
    transfer(use, state, machine, (from, to) => {
      const { world } = machine;
      const found = world.find(from);
      if (!found.known || to === from || to.startsWith(`${from}/`)) return undefined;
      if (!found.entry) return false;
      const there = world.find(to);
      if (!there.known || (there.entry && (there.entry.kind !== "file" || found.entry.kind !== "file")))
        return undefined;
      world.graft(to, world.share(from));
      world.remove(from);
      return true;
    })
  );
};

/** `cp` and `mv`: finds where each source goes. `one` gives undefined where it can't tell; then all of it is uninterpreted. */
function transfer(
  { operands }: Parsed,
  state: ShellState,
  machine: Machine,
  one: (from: string, to: string) => boolean | undefined,
): number | undefined {
  const target = operands.at(-1);
  if (operands.length !== 2 || target === undefined) return undefined;
  const from = placeOf(operands[0]!, state, machine, false);
  const to = placeOf(target, state, machine);
  if (from === undefined || to === undefined || namesOf(from).length === 0 || operands[0]!.endsWith("/."))
    return undefined;
  const isFolder = machine.world.isFolder(to);
  if (isFolder === undefined || (!isFolder && target.endsWith("/"))) return undefined;
  const goal = isFolder ? `${to === "/" ? "" : to}/${nameOf(from)}` : to;
  if (!folderExists(parentOf(goal), machine)) return 1;
  const done = one(from, goal);
  return done === undefined ? undefined : Number(!done);
}

const nothing: Utility = () => 0;

export const UTILITIES: ReadonlyMap<string, Utility> = new Map(
  Object.entries({ touch, mkdir, rm, cat, tee, ln, chmod, chown, cp, mv, sleep: nothing, sync: nothing }),
);
