/** What the RUN of the command installs for the system first: it goes up with the download. */
import {
  baseOf,
  type Command,
  folderBefore,
  footprintOf,
  isWithin,
  recognise,
  type Span,
  sliceOf,
  writesFile,
} from "../../src/transform/index.ts";
import type { Between } from "./between.ts";

export interface Head {
  readonly commands: readonly Command[];
  /** As written in the file. */
  readonly text: string;
  /** In the file, with the `&&` behind it. */
  readonly span: Span;
}

/** Undefined where the command comes first, or where something before it may have to do with the project. */
export function headOf({ call, before, needed, brought, facts }: Omit<Between, "head">): Head | undefined {
  const { sequence, at, step, folder } = call;
  const { script, instruction } = step;
  const commands = sequence?.commands.slice(0, at) ?? [];
  const [first] = commands;
  const last = commands.at(-1);
  const next = sequence?.commands[at];
  if (!script || !first || !last || !next || folder === undefined || sequence?.separator !== "&&") return undefined;
  const setsVariables = step.stage.steps
    .slice(before.index, step.index)
    .some(({ instruction: { keyword } }) => keyword === "ENV" || keyword === "ARG");
  if (setsVariables || instruction.flags.length > 0 || instruction.heredocs.length > 0) return undefined;

  const sources = brought.flatMap(({ places }) => [...places.keys()]).filter((path) => !needed.includes(path));
  const managers = new Set<string>();
  for (const command of commands) {
    const does = writesFile(command) || !isPlain(command) ? undefined : recognise(command);
    const cwd = folderBefore(script, command, step.before.cwd, step.before.env);
    const touched = does && footprintOf(does, { ...step.before, cwd, base: baseOf(step.stage, facts.stages) });
    if (!does || !touched) return undefined;
    const isSteady = touched.anywhere || (cwd !== undefined && cwd === before.before.cwd);
    // What it looks for is a manifest, or is not there.
    const reads = touched.reads.filter((path) => !touched.lookedFor?.includes(path) || sources.includes(path));
    const meets = [...reads, ...touched.writes].some((path) =>
      [folder, ...sources].some((place) => isWithin(place, path) || isWithin(path, place)),
    );
    if (!isSteady || meets) return undefined;
    if (does.purpose === "system") managers.add(does.ecosystem);
  }
  // What is taken away again behind the command would stay in the layer of the download.
  const cleans = sequence.commands.slice(at + 1).some((command) => {
    const does = recognise(command);
    return does?.purpose === "clean" || does?.action === "rm" || managers.has(does?.ecosystem ?? "");
  });
  if (managers.size === 0 || cleans) return undefined;
  const [start, end] = [script.source.toSourceSpan(first.span).start, script.source.toSourceSpan(last.span).end];
  return {
    commands,
    text: sliceOf(facts.dockerfile.source, { start, end }),
    span: { start, end: script.source.toSourceSpan(next.span).start },
  };
}

/** Nothing that only the shell knows, and nothing that the commands behind it would notice. */
function isPlain({ name = "", words, assignments }: Command): boolean {
  return (
    !["cd", "set", "export", "umask"].includes(name) &&
    words.every(({ literal, opaque, variables }) => literal !== undefined || (!opaque && variables.length === 0)) &&
    assignments.every(({ value }) => value === undefined || value.literal !== undefined)
  );
}
