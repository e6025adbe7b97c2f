/** `chmod`, `chown` and `chgrp`. */
import { digest, type Text, unknownText } from "../digest.ts";
import { type Entry, entryOf } from "../entry.ts";
import type { Ground } from "../node.ts";
import { ownerAfter } from "../owners.ts";
import { groundOfMode, groundOwnedBy } from "../runtime-rules.ts";
import { isRoot, mayOwn } from "./files.ts";
import type { Machine } from "./machine.ts";
import { each, parsed, type Utility } from "./operands.ts";
import type { ShellState } from "./state.ts";

export const chmod: Utility = (call, state, { machine }) => {
  const use = parsed(call, "Rv", { "--recursive": "R" });
  const [mode, ...paths] = use?.operands ?? [];
  if (!use || (use.options.has("R") && !isRoot(state)) || mode === undefined || paths.length === 0) return undefined;
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
    (ground) => groundOfMode(ground, mode, machine.runtime),
    changed,
    state,
    machine,
  );
};

export const chown: Utility = (call, state, { machine }) => {
  const use = parsed(call, "Rvh", { "--recursive": "R" });
  const [owner, ...paths] = use?.operands ?? [];
  if (!use || !isRoot(state) || owner === undefined || paths.length === 0) return undefined;
  const changed = (entry: Entry): Entry => {
    // Of a folder that may have been there it is not known whose it was, which makes no difference where both user and group are named.
    const isDecided = /^[^:]+:/.test(owner) || entry.kind !== "ensured";
    const next = isDecided ? ownerAfter(owner, entry.owner) : unknownText("chown", owner, entry.owner);
    // chown strips set-user-ID and set-group-ID.
    const mode = entry.kind === "file" ? entry.mode.replace(/^[2-7]([0-7]{3})$/, "$1") : entry.mode;
    return entryOf(entry.kind, mode, next, entry.content);
  };
  const given = (ground: Ground) => groundOwnedBy(ground, owner, machine.runtime);
  return changeAll(paths, use.options.has("R"), given, changed, state, machine);
};

export const chgrp: Utility = (call, state, evaluator) => {
  const at = call.args.findIndex((word) => !word.startsWith("-"));
  return at < 0 ? undefined : chown({ ...call, args: call.args.with(at, `:${call.args[at]!}`) }, state, evaluator);
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
    if (!mayOwn(path, state, machine)) return false;
    if (isRecursive) machine.world.mapAll(path, changed, given);
    else if (found.known) machine.world.put(path, changed(found.entry!));
    else machine.world.cover(path, digest("changed", given(machine.world.digestOf(path))));
    return true;
  });
}
