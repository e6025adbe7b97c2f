/** The edits: manifests where the COPY was, the COPY behind the install. */
import {
  blockOf,
  type Command,
  type ContextCopy,
  copyLines,
  copyView,
  Decline,
  type Edit,
  ecosystemNamed,
  escapesOf,
  folderBefore,
  footprintOf,
  insertAt,
  isCd,
  quoted,
  recognise,
  replace,
  sliceOf,
  withBlankLine,
  writesFile,
} from "../../src/transform/index.ts";
import type { Move } from "./plan.ts";

export function editsOf(move: Move): Edit[] {
  const { dockerfile, context, manifests, moved, install } = move;
  const { source, eol } = dockerfile;
  const edits = manifests.map(({ copy, files }) => {
    const block = blockOf(copy.step.instruction, dockerfile);
    const lines = copyLines(copy, files, context, dockerfile);
    return replace(lines === "" ? withBlankLine(source, block) : block, lines);
  });
  const text = `${isApart(move) ? eol : ""}${moved.map((copy) => movedText(copy, move)).join("")}`;
  const { instruction } = install.step;
  const rest = restOf(move);
  if (rest.length === 0) {
    const end = instruction.lines.end;
    const isLast = !source.slice(instruction.lines.start, end).endsWith("\n");
    return [...edits, insertAt(end, isLast ? `${eol}${text.replace(/\r?\n$/, "")}` : text)];
  }
  return [...edits, splitAt(rest, text, move)];
}

/** Whether an empty line stands before the COPY as well as between it and the install: they are paragraphs. */
function isApart({ dockerfile, moved, install }: Move): boolean {
  const { source } = dockerfile;
  const [first, last] = [moved[0]?.step.instruction, moved.at(-1)?.step.instruction];
  if (!first || !last) return false;
  const above = sliceOf(source, { start: 0, end: blockOf(first, dockerfile).start });
  const between = sliceOf(source, { start: last.lines.end, end: install.step.instruction.lines.start });
  return /\n[ \t]*\r?\n$/.test(above) && /(^|\n)[ \t]*\r?\n/.test(between);
}

/** The COPY as it stands, with its comments; a relative destination is spelled out where WORKDIR changed. */
function movedText(copy: ContextCopy, move: Move): string {
  const { source } = move.dockerfile;
  const { instruction, before } = copy.step;
  const block = blockOf(instruction, move.dockerfile);
  const destination = copyView(instruction)?.destination;
  const stays = copy.destination?.text.startsWith("/") || before.cwd === move.install.step.before.cwd;
  if (stays || !destination || !copy.destination) return sliceOf(source, block);
  const own = move.brought.find((each) => each.copy.step === copy.step);
  const isFile = own?.bringsFolder === false && own.places.has(copy.destination.path);
  const path = `${copy.destination.path}${isFile ? "" : "/"}`;
  const spelled = instruction.json ? JSON.stringify(path) : path;
  return `${sliceOf(source, { start: block.start, end: destination.span.start })}${spelled}${sliceOf(source, { start: destination.span.end, end: block.end })}`;
}

/** Whether the RUN of the install does more, and is cut in two. */
export function isCut(move: Move): boolean {
  return restOf(move).length > 0;
}

/** The commands of the RUN that come after the install; those that only delete caches, wherever these are, stay with it. */
function restOf({ install: { step, invocation }, base }: Move): readonly Command[] {
  // Those of a substitution lie inside it.
  const { end } = invocation.command.span;
  const rest = step.script?.commands.filter(({ span }) => span.start >= end) ?? [];
  const first = rest.findIndex((command) => {
    const does = recognise(command);
    const cwd = step.script && folderBefore(step.script, command, step.before.cwd, step.before.env);
    const isKnown = does && footprintOf(does, { cwd, env: step.before.env, base }) !== undefined;
    return does?.purpose !== "clean" || !isKnown || writesFile(command);
  });
  return first < 0 ? [] : rest.slice(first);
}

/** Cuts the RUN in two before `rest`, with the moved COPYs between. */
function splitAt(rest: readonly Command[], moved: string, move: Move): Edit {
  const { dockerfile, install } = move;
  const { step, sequence } = install;
  const { script, instruction } = step;
  const [next] = rest;
  const at = sequence?.commands.findIndex(({ span }) => span.start === next?.span.start) ?? 0;
  const last = sequence?.commands[at - 1];
  if (!script || !next || !sequence || !last) {
    const isBeside = instruction.heredocs.length > 0 && !/^\s*<</.test(instruction.args.text);
    const what = isBeside ? "has a heredoc beside its commands" : "is more than commands that stop at a failure";
    throw new Decline(
      "not-a-chain",
      `${quoted(dockerfile, instruction.span)} ${what}, so it can't be cut behind its install`,
    );
  }
  checkRest(rest, move);
  const { source, eol } = dockerfile;
  const start = [
    sliceOf(source, instruction.keywordSpan),
    ...instruction.flags.map(({ span }) => sliceOf(source, span)),
  ].join(" ");
  const again = repeated(move).map(({ span }) => script.source.text.slice(span.start, span.end));
  const end = script.source.toSourceSpan(last.span).end;
  const cut = { start: end, end: script.source.toSourceSpan(next.span).start };
  const link = sequence.separator === "&&" ? " && " : "; ";
  const [heredoc] = instruction.heredocs;
  if (heredoc) {
    const open = `${start} ${instruction.args.text.trim()}${eol}`;
    const close = `${sliceOf(source, heredoc.terminator).replace(/\r?\n$/, "")}${eol}`;
    const line = source.indexOf("\n", cut.start) + 1;
    // Comments between two lines go with the second.
    return sequence.separator === ";" && line > 0 && line <= cut.end
      ? insertAt(line, `${close}${moved}${open}${again.map((text) => `${text}${eol}`).join("")}`)
      : replace(cut, `${eol}${close}${moved}${open}${again.map((text) => `${text}${link}`).join("")}`);
  }
  const comments = instruction.comments.filter(({ start }) => start >= cut.start && start < cut.end);
  const lines = comments.map((comment) => `${sliceOf(source, comment).trim()}${eol}`);
  return replace(cut, `${eol}${moved}${lines.join("")}${start} ${again.map((text) => `${text}${link}`).join("")}`);
}

/** Commands before the install that the second RUN needs again: where it works, and under which options. */
function repeated({ install: { sequence, at } }: Move): readonly Command[] {
  return (sequence?.commands.slice(0, at) ?? []).filter(
    (command) => isCd(command) || recognise(command)?.action === "set",
  );
}

function checkRest(rest: readonly Command[], move: Move): void {
  const { script } = move.install.step;
  if (!script) return;
  const kept = repeated(move);
  const start = rest[0]?.span.start ?? 0;
  const escaping = escapesOf(script).find(
    ({ span }) => span.start < start && !kept.some((command) => command.span.start === span.start),
  );
  if (escaping)
    throw new Decline("escapes", `${escaping.what}, which the commands after the install in the same RUN could notice`);
  // What is deleted at the end of the RUN would stay in the layer of the install.
  const cleaner = move.isFinal && rest.find((command) => cleansCaches(command) || isRemoval(command));
  if (cleaner)
    throw new Decline(
      "cleans-later",
      `\`${script.source.text.slice(cleaner.span.start, cleaner.span.end)}\` would no longer keep the install's layer small`,
    );
}

/** Not `make clean`, which keeps no caches that an install could have filled. */
function cleansCaches(command: Command): boolean {
  const does = recognise(command);
  return does?.purpose === "clean" && ecosystemNamed(does.ecosystem)?.declares?.caches.length !== 0;
}

function isRemoval(command: Command): boolean {
  return recognise(command)?.action === "rm";
}
