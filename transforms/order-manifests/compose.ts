/** The edits: manifests where the COPY was, the COPY behind the install. */
import {
  blockOf,
  type Command,
  type ContextCopy,
  copyLines,
  copyView,
  Decline,
  type Edit,
  escapesOf,
  insertAt,
  isCd,
  recognise,
  replace,
  sliceOf,
  writesFile,
} from "../../src/transform/index.ts";
import type { Move } from "./plan.ts";

export function editsOf(move: Move): Edit[] {
  const { dockerfile, context, manifests, moved, install } = move;
  const { source, eol } = dockerfile;
  const edits = manifests.map(({ copy, files }) =>
    replace(blockOf(copy.step.instruction, move.dockerfile), copyLines(copy, files, context, dockerfile)),
  );
  const text = moved.map((copy) => movedText(copy, move)).join("");
  const { instruction } = install.step;
  const rest = restOf(move);
  if (rest.length === 0) {
    const end = instruction.lines.end;
    const isLast = !source.slice(instruction.lines.start, end).endsWith("\n");
    return [...edits, insertAt(end, isLast ? `${eol}${text.replace(/\r?\n$/, "")}` : text)];
  }
  return [...edits, splitAt(rest, text, move)];
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

/** The commands of the RUN that come after the install; those that only delete caches stay with it. */
function restOf({ install: { chain = [], at } }: Move): readonly Command[] {
  const rest = chain.slice(at + 1);
  const first = rest.findIndex((command) => recognise(command)?.purpose !== "clean" || writesFile(command));
  return first < 0 ? [] : rest.slice(first);
}

/** Cuts the RUN in two before `rest`, with the moved COPYs between. */
function splitAt(rest: readonly Command[], moved: string, move: Move): Edit {
  const { dockerfile, install } = move;
  const { step, chain = [] } = install;
  const { script, instruction } = step;
  const [next] = rest;
  const last = chain[chain.length - rest.length - 1];
  if (!script || !next || !last) throw new Decline("not-a-chain", "the install can't be told apart");
  if (instruction.heredocs.length > 0)
    throw new Decline("heredoc", "the install shares its heredoc with commands that need the sources");
  checkRest(rest, move);
  const cut = {
    start: script.source.toSourceSpan(last.span).end,
    end: script.source.toSourceSpan(next.span).start,
  };
  const { source, eol } = dockerfile;
  const comments = instruction.comments.filter(({ start }) => start >= cut.start && start < cut.end);
  const head = [
    sliceOf(source, instruction.keywordSpan),
    ...instruction.flags.map(({ span }) => sliceOf(source, span)),
    ...repeated(move).map((command) => `${script.source.text.slice(command.span.start, command.span.end)} &&`),
  ];
  const lines = comments.map((comment) => `${sliceOf(source, comment).trim()}${eol}`);
  return replace(cut, `${eol}${moved}${lines.join("")}${head.join(" ")} `);
}

/** Commands before the install that the second RUN needs again: where it works, and under which options. */
function repeated({ install: { chain = [], at } }: Move): readonly Command[] {
  return chain.slice(0, at).filter((command) => isCd(command) || recognise(command)?.action === "set");
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
  const cleaner = move.isFinal && rest.find((command) => recognise(command)?.purpose === "clean" || isRemoval(command));
  if (cleaner)
    throw new Decline(
      "cleans-later",
      `\`${script.source.text.slice(cleaner.span.start, cleaner.span.end)}\` would no longer keep the install's layer small`,
    );
}

function isRemoval(command: Command): boolean {
  return recognise(command)?.action === "rm";
}
