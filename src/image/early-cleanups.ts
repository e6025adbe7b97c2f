/**
 * Indexes and caches of distributions' package managers that one RUN fills and a later one empties: the layer of the first keeps them for
 * good. Emptied in the first one already, they are in none, and nothing between takes notice.
 */
import { posix } from "node:path";
import type { BuildContext } from "../context/index.ts";
import { copyView, mountsOf } from "../dockerfile/index.ts";
import { filledIndexes, type Invocation, unseenBy } from "../ecosystems/index.ts";
import { type Command, folderBefore, isOfCommands, type Script, sequenceOf } from "../shell/index.ts";
import type { Span } from "../text/index.ts";
import { isWithin } from "./context-copies.ts";
import { lineageOf } from "./lineage.ts";
import type { Facts, Stage, Step } from "./types.ts";

/** A step that leaves what is in `paths` to `by`, which comes later in the stage. */
export interface EarlyCleanup {
  readonly step: Step;
  readonly paths: readonly string[];
  readonly by: Step;
}

/** What between the two may need it. */
export interface Needed {
  readonly step: Step;
  readonly path: string;
  /** In the script of a RUN, or the whole instruction. */
  readonly because: Span;
}

/** In stages whose layers are in the images that are built. */
export function earlyCleanups(facts: Facts): readonly (EarlyCleanup | Needed)[] {
  const { stages, targets } = facts;
  const built = stages.filter((stage) => stage === stages.at(-1) || targets.has(stage.name ?? ""));
  const shipped = new Set(built.flatMap((stage) => lineageOf(stage, stages)));
  return stages.filter((stage) => shipped.has(stage)).flatMap((stage) => cleanupsIn(stage, facts));
}

function cleanupsIn(stage: Stage, facts: Facts): readonly (EarlyCleanup | Needed)[] {
  const runs = stage.steps.filter(({ instruction }) => instruction.keyword === "RUN");
  const removals = runs.flatMap(removalsIn).filter(isCertain);
  return runs.flatMap((step): (EarlyCleanup | Needed)[] => {
    const needed: Needed[] = [];
    const early: { path: string; by: Step }[] = [];
    for (const path of leftBy(step)) {
      const removal = removals.find((each) => each.step.index > step.index && isWithin(path, each.path));
      if (!removal) continue;
      const because = noticed(path, step, removal, facts);
      if (because) needed.push({ step, path, because });
      else early.push({ path, by: removal.step });
    }
    const [first] = early;
    return first ? [{ step, paths: early.map(({ path }) => path), by: first.by }] : needed.slice(0, 1);
  });
}

interface Removal {
  readonly step: Step;
  readonly command: Command;
  /** All in it goes. */
  readonly path: string;
}

function isCertain({ step, command }: Removal): boolean {
  return command.unconditional && !isMounted(step) && /^(root|0)(:|$)/.test(step.before.user ?? "root");
}

/** `rm -rf /var/lib/apt/lists/*`. */
function removalsIn(step: Step): readonly Removal[] {
  return step.invocations.filter(isForcedRemoval).flatMap(({ command }) => {
    // In quotes, an asterisk is a name.
    const paths = command.words.flatMap(
      ({ literal, raw }) => literal ?? (/^\/[\w./-]+\/\*$/.test(raw) ? raw.slice(0, -2) : []),
    );
    return paths.filter((path) => path.startsWith("/")).map((path) => ({ step, command, path: posix.resolve(path) }));
  });
}

/** It does not mind when there is nothing to remove. */
function isForcedRemoval({ call: { tool, args } }: Invocation): boolean {
  const options = args.filter((word) => word?.startsWith("-")).join(" ");
  return tool === "rm" && /(^| )-\w*r|--recursive/i.test(options) && /(^| )-\w*f|--force/.test(options);
}

/** The folders that it fills and does not empty itself, where they are in its layer. */
function leftBy(step: Step): readonly string[] {
  if (isMounted(step)) return [];
  const emptied = removalsIn(step).map(({ path }) => path);
  const filled = new Set(step.invocations.flatMap(filledIndexes));
  return [...filled].filter((path) => !emptied.some((folder) => isWithin(path, folder)));
}

/** What after `step` may take notice of `path` before `removal` or a refresh. */
function noticed(path: string, step: Step, removal: Removal, facts: Facts): Span | undefined {
  for (const between of step.stage.steps.slice(step.index + 1, removal.step.index + 1)) {
    const { instruction, script, invocations } = between;
    if (isCopiedOver(path, between, facts)) return instruction.span;
    if (instruction.keyword !== "RUN") continue;
    if (!script || !isOfCommands(script)) return instruction.span;
    for (const command of script.commands) {
      if (command === removal.command) return undefined;
      if (command.words.length === 0) continue;
      const invocation = invocations.find((each) => each.command === command);
      if (
        !invocation ||
        isLost(command, between.before.cwd) ||
        !takesNoNotice(invocation, folderBefore(script, command, between.before.cwd, between.before.env), path, facts)
      )
        return script.source.toSourceSpan(command.span);
      if (filledIndexes(invocation).includes(path) && endsWith(command, script) && !isMounted(between))
        return undefined;
    }
  }
  return undefined;
}

/** Whether files of which it is not known which they are come to a folder above `path`. */
function isCopiedOver(path: string, { instruction, before }: Step, { context }: Facts): boolean {
  const view = copyView(instruction);
  if (!view || (context && !view.from)) return false;
  const { text } = view.destination;
  return text.includes("$") || isWithin(path, posix.resolve(before.cwd ?? "/", text));
}

/** What it fills or empties may lie in a mount instead of the image. */
function isMounted({ instruction }: Step): boolean {
  return mountsOf(instruction).some(({ type }) => type !== "secret" && type !== "ssh");
}

/** It is not known which files it opens, or in which folder the shell looks for names. */
function isLost({ redirects, words }: Command, cwd: string | undefined): boolean {
  if (redirects.some(({ operator, target }) => !operator.startsWith("<<") && target?.literal === undefined))
    return true;
  return words.some(({ literal, raw, variables, opaque }) => {
    const open = raw.replace(/"[^"]*"|'[^']*'|\$\{[^}]*\}/g, "");
    if (literal !== undefined || !/[*?[]/.test(open)) return false;
    return variables.length > 0 || opaque || /[*?[].*\//.test(open) || (cwd === undefined && !open.startsWith("/"));
  });
}

/** Whether the script ends where `command` fails; else what comes after might go by an old index. */
function endsWith(command: Command, script: Script): boolean {
  if (sequenceOf(script)?.commands.includes(command)) return true;
  return command.unconditional && !/\|\||;|\n|[^&]&(?!&)/.test(script.source.text.slice(command.span.end));
}

/** A build may call scripts of the context, and those a package manager. */
function takesNoNotice(invocation: Invocation, cwd: string | undefined, path: string, { context }: Facts): boolean {
  if (!unseenBy(invocation, cwd).includes(path)) return false;
  if (!context || !/^(build|dependencies)$/.test(invocation.purpose)) return true;
  return !hasInstallScript(context);
}

const SCRIPT = /(^|\/)([Mm]akefile|GNUmakefile|(package|composer)\.json|Rakefile|[^/]+\.(sh|bash|mk))$/;

const INSTALLS = /\b(apt|apt-get|aptitude|apk|yum|dnf|microdnf|tdnf|zypper|pacman)\b/;

const known = new WeakMap<BuildContext, boolean>();

function hasInstallScript(context: BuildContext): boolean {
  const answer =
    known.get(context) ?? context.files().some((file) => SCRIPT.test(file) && INSTALLS.test(context.read(file) ?? ""));
  known.set(context, answer);
  return answer;
}
