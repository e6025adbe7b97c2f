/** The edits: where the stages are cut, and what the runtime stage begins with. */
import { posix } from "node:path";
import {
  type BuiltApp,
  blockOf,
  Decline,
  type Dockerfile,
  type Edit,
  freeStageName,
  fromView,
  inCaseOf,
  insertAt,
  isBlankBefore,
  isUnder,
  remove,
  replace,
  type Stage,
  type Step,
  sliceOf,
  withBlankLine,
} from "../../src/transform/index.ts";
import type { Parcel } from "./cargo.ts";
import { findsLibraries } from "./commands.ts";
import { userOf } from "./owners.ts";
import type { Plan, Role } from "./roles.ts";

export interface Composition {
  readonly dockerfile: Dockerfile;
  readonly stage: Stage;
  readonly plan: Plan;
  readonly parcels: readonly Parcel[];
  /** What of the base image makes room for what is copied over it. */
  readonly replaced: readonly string[];
  /** What of the project folder is taken out of the builder, relative to it. */
  readonly shed: readonly string[];
  /** What takes development dependencies out, if the file does not do so itself. */
  readonly prune: BuiltApp["prune"];
}

export function editsOf(composition: Composition): readonly Edit[] {
  const { dockerfile, stage, plan } = composition;
  const { source, eol } = dockerfile;
  const words = wordsFor(dockerfile, stage);
  const { word, from, base, builder } = words;
  const view = fromView(stage.from);
  const end = view?.image.span.end ?? stage.from.span.end;
  const naming = view?.alias ? replace(view.alias.span, base) : insertAt(end, ` ${word("AS")} ${base}`);
  const start = blockOf(plan.cut.instruction, dockerfile).start;
  const opening = `${isBlankBefore(source, start) ? "" : eol}${from(base, builder)}${eol}`;
  const moved = before(plan).filter(([, role]) => role === "runtime");
  const at = plan.last.instruction.lines.end;
  const isLastLine = !source.slice(0, at).endsWith("\n");
  const text = linesOf(composition, words).join(eol);
  const late = [...plan.reduced].filter(([step]) => step.index > plan.last.index);
  const removal = ({ instruction }: Step) => remove(withBlankLine(source, blockOf(instruction, dockerfile)));
  return [
    naming,
    insertAt(start, opening),
    ...moved.map(([step]) => removal(step)),
    insertAt(at, isLastLine ? `${eol}${text}` : `${text}${eol}`),
    ...late.map(([step, reduced]) =>
      reduced.text === undefined ? removal(step) : replace(step.instruction.span, reduced.text),
    ),
  ];
}

interface Words {
  /** Names of the new stages. */
  readonly base: string;
  readonly builder: string;
  /** A keyword in the case of the file's own. */
  word(keyword: string): string;
  from(name: string, alias?: string): string;
}

function wordsFor(dockerfile: Dockerfile, stage: Stage): Words {
  const pick = freeStageName(dockerfile);
  const word = (keyword: string) => inCaseOf(sliceOf(dockerfile.source, stage.from.keywordSpan), keyword);
  return {
    base: pick(["base", "app-base", "node-base"]),
    builder: pick(["builder", "build", "app-builder"]),
    word,
    from: (name, alias) => `${word("FROM")} ${name}${alias === undefined ? "" : ` ${word("AS")} ${alias}`}`,
  };
}

/** Steps up to the last of the builder stage. */
function before({ roles, last }: Plan): readonly (readonly [Step, Role])[] {
  return [...roles].filter(([step]) => step.index <= last.index);
}

/** The end of the builder stage, and the runtime stage up to where the file goes on. */
function linesOf(composition: Composition, { word, from, base, builder }: Words): readonly string[] {
  const { dockerfile, stage, plan, parcels, replaced, shed, prune } = composition;
  const { source, eol } = dockerfile;
  const copy = `${word("COPY")} --from=${builder} `;
  const carried = before(plan).filter(([, role]) => role === "runtime" || role === "both");
  const written = (steps: typeof carried) =>
    steps.flatMap(([step, role]) => {
      const { instruction } = step;
      const own = sliceOf(source, role === "runtime" ? blockOf(instruction, dockerfile) : instruction.span);
      const { text, brings = [] } = plan.reduced.get(step) ?? { text: own };
      const taken = brings.map((path) => `${copy}${path} ${path}`);
      return [...(text === undefined ? [] : [text.trimEnd()]), ...taken];
    });
  const ofRoot =
    replaced.length === 0
      ? carried.length
      : lastOfRoot(
          plan,
          carried.map(([step]) => step),
        );
  const cwd = cwdAfter(
    before(plan).map(([step]) => step),
    stage,
  );
  const shown = (path: string) => (cwd === plan.project ? path : posix.join(plan.project, path));
  return [
    ...(prune === undefined ? [] : [`${word("RUN")} ${pruning(prune, cwd, plan)}`]),
    ...(shed.length === 0 ? [] : [`${word("RUN")} rm -rf ${shed.map(shown).join(" ")}`]),
    "",
    from(base, fromView(stage.from)?.alias?.text),
    ...written(carried.slice(0, ofRoot)),
    ...(replaced.length === 0 ? [] : [`${word("RUN")} rm -rf ${replaced.join(" ")}`]),
    ...written(carried.slice(ofRoot)),
    ...copies(parcels, plan.project, cwd === plan.project, copy, eol),
    ...(looksForLibraries(plan) ? [`${word("RUN")} ldconfig`] : []),
  ];
}

/** How many of `steps` come before the user changes, where root can still make room for packages and no program is called behind that. */
function lastOfRoot({ last }: Plan, steps: readonly Step[]): number {
  const user = userOf(last);
  if (user === undefined) return steps.length;
  const at = steps.findIndex(({ instruction }) => instruction.keyword === "USER");
  if (at < 0 || steps.slice(at).some(({ script }) => script))
    throw new Decline("user-changes", `root would have to make room for packages, and ${user} works then`);
  return at;
}

/** The command, behind a step that leads to where it works. */
function pruning({ command, folder }: NonNullable<BuiltApp["prune"]>, cwd: string | undefined, plan: Plan): string {
  const place = folder ?? plan.project;
  if (cwd === place) return command;
  return `cd ${cwd !== undefined && isUnder(place, cwd) ? posix.relative(cwd, place) : place} && ${command}`;
}

/** Whether libraries are looked for in the builder stage, where the runtime stage has none yet. */
function looksForLibraries({ roles, last }: Plan): boolean {
  const isLooking = [...roles].some(
    ([{ script }, role]) => (role === "build" || role === "both") && script?.commands.some(findsLibraries),
  );
  const user = userOf(last);
  if (isLooking && user !== undefined)
    throw new Decline(
      "user-changes",
      `\`ldconfig\` would have to be called once more, by root, and ${user} works then`,
    );
  return isLooking;
}

function cwdAfter(steps: readonly Step[], stage: Stage): string | undefined {
  const next = stage.steps[(steps.at(-1)?.index ?? 0) + 1];
  return (next?.before ?? stage.after).cwd;
}

/** One COPY for the files of one owner, and one for each folder. */
function copies(
  parcels: readonly Parcel[],
  project: string,
  here: boolean,
  head: string,
  eol: string,
): readonly string[] {
  const lines: string[] = [];
  const at = project === "/" ? "" : project;
  const target = here ? "./" : `${at}/`;
  for (const owner of new Set(parcels.filter(isTopFile).map((parcel) => parcel.owner))) {
    const files = parcels.filter((parcel) => isTopFile(parcel) && parcel.owner === owner);
    const words = [...files.map(({ path }) => `${at}/${path}`), target];
    const line = `${head}${chown(owner)}${shownWords(words)}`;
    lines.push(line.length <= 100 ? line : `${head}${chown(owner)}${shownWords(words, ` \\${eol}    `)}`);
  }
  for (const { path, owner } of parcels.filter((parcel) => !isTopFile(parcel))) {
    if (path === "") {
      lines.push(`${head}${chown(owner)}${project} ${target}`);
      continue;
    }
    // BuildKit takes a source that ends in `.git` for a repository, and refuses it (dockerfile2llb, dispatchCopy).
    const slash = path.endsWith(".git") ? "/" : "";
    const [from, to] = path.startsWith("/") ? [path, path] : [`${at}/${path}`, `${target}${path}`];
    lines.push(`${head}${chown(owner)}${shownWords([`${from}${slash}`, `${to}${slash}`])}`);
  }
  return lines;
}

/** The words of a COPY, in the form of JSON where one of them has a space. */
function shownWords(words: readonly string[], gap = " "): string {
  if (words.every((word) => !/[^\w.@+/-]/.test(word))) return words.join(gap);
  return `[${words.map((word) => JSON.stringify(word)).join(`,${gap}`)}]`;
}

/** Files of the project folder's top level are copied together. */
function isTopFile({ path, isFolder, isMade }: Parcel): boolean {
  return !isFolder && !isMade && !path.includes("/");
}

function chown(owner: string | undefined): string {
  return owner === undefined ? "" : `--chown=${owner} `;
}
