import { type Instruction, mountsOf } from "../../dockerfile/index.ts";
import type { Invocation } from "../../ecosystems/index.ts";
import { type Script, treeOf } from "../../shell/index.ts";
import { type Digest, digest, isKnown, type Text } from "../digest.ts";
import { entryOf } from "../entry.ts";
import { EMPTY } from "../node.ts";
import type { Oracle } from "../oracle.ts";
import { absolute } from "../paths.ts";
import { packageParts } from "../run-parts.ts";
import type { RuntimeRules } from "../runtime-rules.ts";
import type { ContextTree } from "../sources.ts";
import type { StageState } from "../stage-state.ts";
import { Tree } from "../tree.ts";
import { type Mounted, World } from "../world.ts";
import { Evaluator } from "./evaluate.ts";
import { Machine } from "./machine.ts";
import { installPackages } from "./packages.ts";
import { ShellState } from "./state.ts";
import { argumentsDigest } from "./words.ts";

export interface RunInput {
  readonly instruction: Instruction;
  /** Undefined for what no shell that the model knows reads. */
  readonly script: Script | undefined;
  readonly invocations: readonly Invocation[];
  readonly state: StageState;
  readonly tree: Tree;
  readonly oracle: Oracle;
  /** The base image's name without its digest, for the ecosystems. */
  readonly base: string | undefined;
  readonly context: ContextTree | undefined;
  readonly runtime: RuntimeRules | undefined;
  /** The tree that a mount's `from` names; the build context without one. */
  sourceOf(from: Text | undefined): Tree;
  /** Cache mounts of this build, by id. */
  readonly caches: Map<Text, Tree>;
}

interface Remembered {
  readonly tree: Tree;
  readonly status: number;
  readonly asked: ReadonlySet<Digest>;
}

/** Results of RUNs by all that decides them: a rewrite changes few of a file's steps, and most builds differ late. */
const remembered = new Map<Digest, Remembered>();
const MOST_REMEMBERED = 2_000;

/** Where the container of a RUN has file systems of its own. A folder for each stays in the image. */
const MOUNT_POINTS = ["/dev", "/proc", "/sys"];

/** Executes a RUN on the image's tree; the exit status. */
export function run(input: RunInput): number {
  const { instruction, state, tree, oracle } = input;
  for (const path of MOUNT_POINTS) {
    const found = tree.find(path);
    if (found.known && !found.entry) tree.put(path, entryOf("folder", "755", "0:0"));
  }
  const { mounts, rest } = mountsIn(input);
  const flags = instruction.flags.filter(({ name }) => name !== "mount").map(({ text }) => text.text);
  const surroundings = digest("surroundings", ...flags.sort(), ...rest.sort());
  const shell = shellOf(state);
  if (mounts.length > 0 || input.runtime) return evaluate(input, mounts, surroundings, shell);

  const { seed } = oracle;
  const key = digest(
    "run",
    textDigest(input),
    shell.whole,
    tree.digest,
    ...tree.fetched.map(({ left }) => left),
    ...[...tree.managers].flat(),
    surroundings,
    seed,
    input.base,
    input.context?.id,
  );
  const known = remembered.get(key);
  if (known && oracle.isPlain(known.asked)) {
    tree.become(known.tree);
    oracle.recall(known.asked);
    return known.status;
  }
  const asked = new Set<Digest>();
  const status = oracle.during(asked, () => evaluate(input, mounts, surroundings, shell));
  if (oracle.isPlain(asked)) {
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, { tree: tree.fork(), status, asked });
  }
  return status;
}

function evaluate(input: RunInput, mounts: readonly Mounted[], surroundings: Digest, shell: ShellState): number {
  const { script, tree, oracle, base, context, runtime } = input;
  const parts = runtime && script ? packageParts(script) : [];
  for (const part of parts) {
    const status = evaluate({ ...input, ...part }, mounts, surroundings, shellOf(input.state));
    if (status !== 0 || part === parts.at(-1)) return status;
  }
  const machine = new Machine(new World(tree, mounts), oracle, { surroundings, base, context, runtime });
  if (!script || script.unknown !== undefined) {
    return machine.uninterpreted(digest("program", textDigest(input), shell.inherited), shell);
  }
  if (installPackages(script, input.invocations, shell, machine)) return 0;
  const { text } = script.source;
  const invocations = new Map(input.invocations.map((invocation) => [invocation.command.span.start, invocation]));
  const commands = new Map(script.commands.map((command) => [command.span.start, command]));
  const evaluator = new Evaluator(machine, text, commands, invocations);
  return evaluator.shell(shell, () => evaluator.list(treeOf(text).commands, shell, false));
}

const texts = new WeakMap<Instruction, { readonly script: Script | undefined; readonly digest: Digest }>();

/** Of the command line; a long script is hashed once. */
function textDigest(input: RunInput): Digest {
  const known = texts.get(input.instruction);
  if (known && known.script === input.script) return known.digest;
  const made = argumentsDigest(argv(input));
  texts.set(input.instruction, { script: input.script, digest: made });
  return made;
}

function shellOf(state: StageState): ShellState {
  const { dialect, words, options } = state.shell;
  const names = Object.entries(options).flatMap(([name, isSet]) => (isSet ? [name] : []));
  const { cwd, user, scope, origin } = state;
  return new ShellState({ scope, base: origin.key, dialect, words, cwd, user, options: new Set(names) });
}

/** The command line of a RUN that no known shell reads. */
function argv({ instruction, state, script }: RunInput): readonly Text[] {
  if (instruction.json) return instruction.json.map(({ value }) => value);
  const bodies = instruction.heredocs.map(({ content, name }) => `${name}\n${content}`);
  return [...state.shell.words, script?.source.text ?? instruction.args.text, ...bodies];
}

/** The mounts that hold files, and the text of those that don't, or whose place is not known. */
function mountsIn(input: RunInput): { mounts: Mounted[]; rest: Text[] } {
  const { state, caches } = input;
  const mounts: Mounted[] = [];
  const rest: Text[] = [];
  for (const mount of mountsOf(input.instruction)) {
    const value = (option: { readonly value: string | undefined } | undefined) =>
      option?.value === undefined ? undefined : state.expand(option.value);
    const others = mount.options
      .map(({ key, value: raw }) => `${key}=${raw === undefined ? "" : state.expand(raw)}`)
      .sort();
    const written =
      value(mount.target) ??
      (mount.type === "secret" ? `/run/secrets/${value(mount.options.find(({ key }) => key === "id"))}` : undefined);
    const target = written === undefined ? undefined : absolute(isKnown(state.cwd) ? state.cwd : undefined, written);
    if (target === undefined || target === "/" || mount.type === "ssh") {
      rest.push(others.join());
      continue;
    }
    switch (mount.type) {
      case "tmpfs":
        mounts.push({ target, tree: new Tree(EMPTY), writable: true });
        break;
      case "cache": {
        const id = value(mount.options.find(({ key }) => key === "id")) ?? target;
        const shape = others.filter((option) => !/^(target|dst|destination|id|type|sharing)=/.test(option)).join();
        const cache = caches.get(id) ?? new Tree(digest("cache", id, shape));
        caches.set(id, cache);
        mounts.push({ target, tree: cache, writable: true });
        break;
      }
      case "bind": {
        const source = absolute("/", value(mount.source) ?? "/") ?? "/";
        const tree = new Tree(EMPTY);
        tree.graft("/", input.sourceOf(value(mount.from)).share(source));
        const isWritable = mount.options.some(({ key, value: raw }) => /^(rw|readwrite)$/.test(key) && raw !== "false");
        mounts.push({ target, tree, writable: isWritable });
        break;
      }
      default:
        mounts.push({ target, tree: new Tree(digest("mount", ...others)), writable: false });
    }
  }
  return { mounts, rest };
}
