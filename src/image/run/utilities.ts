/** Small programs that change files in a way that the model knows. */
import { digest, isKnown, unknownText } from "../digest.ts";
import { entryOf } from "../entry.ts";
import { parentOf } from "../paths.ts";
import type { Call } from "./command.ts";
import {
  fileMode,
  firstMissing,
  folderExists,
  folderMode,
  isRoot,
  mayChange,
  mayRead,
  mayWrite,
  ownerOf,
} from "./files.ts";
import type { Machine } from "./machine.ts";
import { each, parsed, type Utility } from "./operands.ts";
import { namePattern } from "./pattern.ts";
import { chgrp, chmod, chown } from "./permissions.ts";
import { placeOf } from "./redirects.ts";
import { cp, install, mv, shrink } from "./transfer.ts";

const touch: Utility = (call, state, { machine }) => {
  const use = parsed(call, "cam");
  return (
    use &&
    each(use.operands, state, machine, (path) => {
      if (!folderExists(parentOf(path), machine)) return false;
      const found = machine.world.find(path);
      if (found.known && found.entry) return mayWrite(path, state, machine);
      if (use.options.has("c")) return true;
      if (!mayChange(path, state, machine)) return false;
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
      if (use.options.has("p")) {
        const first = firstMissing(path, machine.world);
        if (first !== undefined && !mayChange(first, state, machine)) return false;
        return machine.world.ensureFolder(path, folderMode(state), ownerOf(state));
      }
      if (!folderExists(parentOf(path), machine) || !isFree(path, machine)) return false;
      if (!mayChange(path, state, machine)) return false;
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
  // What of a folder another user may take out is not followed.
  if (isRecursive && !isRoot(state)) return undefined;
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
      if (!mayChange(path, state, machine)) return false;
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
    if (!mayRead(path, state, machine)) return false;
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
    if (!(old ? mayWrite : mayChange)(path, state, machine)) return false;
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
  if (!mayChange(path, state, machine)) return 1;
  machine.world.put(path, entryOf("link", "777", ownerOf(state), target!));
  return 0;
};

/** Without operands it lists the working directory, which is always there. */
const ls: Utility = (call, state, { machine }) => {
  const use = parsed(call, "1aAlhFrRtSdgGinosX");
  if (use?.operands.length !== 0 || !isKnown(state.cwd)) return undefined;
  machine.write(state, 1, unknownText("listing", ...call.args, machine.world.digestOf(state.cwd)));
  return 0;
};

/** A search that only says what it found: it may look at everything, and writes nothing else. */
const find: Utility = ({ args, fields }, state, { machine }) => {
  const isLooking = !args.some((word) => /^-(exec|ok|delete|fprint|fls)/.test(word));
  if (!isLooking || !args.every(isKnown) || fields.some(({ pattern }) => pattern) || state.fds.get(2)?.kind === "file")
    return undefined;
  const seen = digest("found", ...args, state.cwd, machine.visible);
  machine.write(state, 1, unknownText("found", seen));
  return Number(!machine.oracle.succeeds(seen));
};

/** Under the rules of `same-runtime` what it makes is an index of the libraries that there are, and they are compared as they are. */
const ldconfig: Utility = ({ fields }, state, { machine }) => {
  if (!machine.runtime || fields.length > 0 || !isRoot(state)) return undefined;
  machine.world.put("/etc/ld.so.cache", entryOf("file", "644", "0:0", "an index of libraries"));
  return 0;
};

const nothing: Utility = () => 0;

export const UTILITIES: ReadonlyMap<string, Utility> = new Map(
  Object.entries({
    touch,
    mkdir,
    rm,
    cat,
    tee,
    ln,
    chmod,
    chown,
    chgrp,
    cp,
    install,
    mv,
    ldconfig,
    ls,
    find,
    strip: shrink,
    upx: shrink,
    sleep: nothing,
    sync: nothing,
  }),
);
