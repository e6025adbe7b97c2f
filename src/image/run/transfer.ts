/** `cp` and `mv`. */
import { isInProject, isSystemFolder } from "../../ecosystems/index.ts";
import { digest, isKnown, type Text, unknownText } from "../digest.ts";
import { type Entry, entryOf } from "../entry.ts";
import { nameOf, namesOf, parentOf } from "../paths.ts";
import { groundOwnedBy } from "../runtime-rules.ts";
import type { Call } from "./command.ts";
import { folderExists, isRoot, mayChange, mayRead, ownerOf } from "./files.ts";
import type { Machine } from "./machine.ts";
import { type Parsed, parsed, type Utility } from "./operands.ts";
import { namePattern } from "./pattern.ts";
import { fill } from "./project.ts";
import { placeOf } from "./redirects.ts";
import type { ShellState } from "./state.ts";

/** No letter stands for it. */
const PARENTS = "parents";

export const cp: Utility = (call, state, { machine }) => {
  const ofBuild = transferOutput(call, state, machine, false);
  if (ofBuild !== undefined) return ofBuild;
  const use = parsed(call, "rRapfdv", { "--recursive": "r", "--archive": "a", "--parents": PARENTS });
  if (use?.options.has(PARENTS)) return copyWithParents(use, state, machine);
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
      // What of a folder another user may read is not followed.
      if (isFolder && !isRoot(state)) return undefined;
      if (!mayRead(from, state, machine) || !mayChange(to, state, machine)) return false;
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

/** `cp -a --parents SOURCES FOLDER`: each source, with the folders above it, below a folder where none of that is. */
function copyWithParents({ options, operands }: Parsed, state: ShellState, machine: Machine): number | undefined {
  const { world, oracle } = machine;
  const target = placeOf(operands.at(-1) ?? "", state, machine);
  const places = operands.slice(0, -1).map((operand) => placeOf(operand, state, machine, false));
  if (!options.has("a") || !isRoot(state) || target === undefined || world.isFolder(target) !== true) return undefined;
  let status = 0;
  for (const [index, from] of places.entries()) {
    // A link on the way would be a folder in the copy.
    if (from === undefined || from !== operands[index]) return undefined;
    const to = `${target}${from}`;
    const [found, there] = [world.find(from), world.find(to)];
    if (!there.known || there.entry) return undefined;
    if (found.known ? !found.entry : !oracle.succeeds(digest("exists", found.key))) {
      status = 1;
      continue;
    }
    world.ensureFolder(parentOf(to), unknownText("mode", from), unknownText("owner", from));
    world.graft(to, world.share(from));
  }
  return status;
}

/** The mode of a copy: the source's, without the umask's bits. */
function unmasked(mode: Text, { umask }: ShellState): Text {
  if (!/^[0-7]+$/.test(mode) || !/^[0-7]+$/.test(umask)) return unknownText("copied", mode, umask);
  return (Number.parseInt(mode, 8) & ~Number.parseInt(umask, 8)).toString(8);
}

export const mv: Utility = (call, state, { machine }) => {
  const ofBuild = transferOutput(call, state, machine, true);
  if (ofBuild !== undefined) return ofBuild;
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
      if (!mayChange(from, state, machine) || !mayChange(to, state, machine)) return false;
      world.graft(to, world.share(from));
      world.remove(from);
      return true;
    })
  );
};

/** The mode that it gives belongs to what a build made. */
export const install: Utility = (call, state, { machine }) => {
  const { fields } = call;
  const isMode = ({ text }: Call["fields"][number], at: number) =>
    /^-[Dv]*m$/.test(fields[at - 1]?.text ?? "") || /^-([Dv]+|[Dv]*m\d*)$/.test(text);
  return transferOutput({ ...call, fields: fields.filter((field, at) => !isMode(field, at)) }, state, machine, false);
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

/**
 * Under the rules of `same-runtime`: what a build made, which a pattern may name, goes to a place where no known folder is. Undefined for
 * anything else.
 */
function transferOutput({ fields }: Call, state: ShellState, machine: Machine, moves: boolean): number | undefined {
  const { runtime, world } = machine;
  const [source, target, ...more] = fields.filter(({ text }) => !/^-[rRafv]+$/.test(text));
  if (!runtime || !source || !target || more.length > 0 || target.pattern) return undefined;
  if (!isKnown(source.text) || !isKnown(target.text)) return undefined;
  const named = placeOf(source.text, state, machine, false);
  const from = named !== undefined && source.pattern ? onlyOutput(named, machine) : named;
  const to = placeOf(target.text, state, machine);
  if (to === undefined) return undefined;
  if (from === undefined)
    return named === undefined ? undefined : transferUnknown(named, to, target.text, state, machine);
  const output = world.share(from);
  if (!runtime.made.has(output.ground)) return undefined;
  const goal =
    world.isFolder(to) || target.text.endsWith("/") || isSystemFolder(to)
      ? `${to === "/" ? "" : to}/${nameOf(from)}`
      : to;
  if (goal === from || goal.startsWith(`${from}/`)) return undefined;
  world.ensureFolder(parentOf(goal), "755", ownerOf(state));
  world.graft(goal, moves ? output : { ...output, ground: groundOwnedBy(output.ground, ownerOf(state), runtime) });
  if (moves) world.remove(from);
  return 0;
}

/** What a pattern finds below the folder that it is called in, where that is no one output, goes to a place that is no folder: it is known from there on. */
function transferUnknown(
  pattern: string,
  to: string,
  target: string,
  state: ShellState,
  machine: Machine,
): number | undefined {
  const isBelow = isKnown(state.cwd) && isInProject(pattern, state.cwd);
  if (!isBelow || machine.world.isFolder(to) || target.endsWith("/") || isSystemFolder(to)) return undefined;
  return fill([to], digest("transferred", pattern, state.inherited), state, machine);
}

/** `strip` and `upx`: what a build made is made so, and stays what it is known for. */
export const shrink: Utility = ({ args }, state, { machine }) => {
  const { runtime, world } = machine;
  const paths = args.filter((word) => !word.startsWith("-")).map((word) => placeOf(word, state, machine));
  const isMade = (path: string | undefined) => path !== undefined && runtime?.made.has(world.share(path).ground);
  return paths.length > 0 && paths.every(isMade) ? 0 : undefined;
};

/** The one output that a pattern of names finds in its folder. */
function onlyOutput(path: string, { runtime, world }: Machine): string | undefined {
  const pattern = namePattern(nameOf(path));
  const folder = parentOf(path);
  const found = world.root.list(folder).filter((name) => pattern?.test(name));
  const [only, ...more] = found.map((name) => `${folder}/${name}`);
  if (only === undefined || more.length > 0) return undefined;
  return runtime?.made.has(world.share(only).ground) ? only : undefined;
}
