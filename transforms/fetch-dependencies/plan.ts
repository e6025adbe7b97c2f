/** What is downloaded ahead of a command, before which COPY, with which of the project's files. */
import { posix } from "node:path";
import {
  type Brought,
  type BuildContext,
  type ContextCopy,
  Decline,
  ecosystemNamed,
  type Facts,
  fetchFor,
  type InstallInputs,
  installInputsOf,
  isInstalledBefore,
  isManifest,
  isWithin,
  leadInto,
  type Project,
  type ProjectCall,
  parseScript,
  plain,
  projectOf,
  recognise,
  type Step,
  saidCall,
  workingFolderOf,
} from "../../src/transform/index.ts";
import { between } from "./between.ts";
import { checkBase, checkCopy, checkFolders, checkWritten } from "./checks.ts";
import { type Head, headOf } from "./head.ts";
import { type Line, lineFor } from "./line.ts";

/** Files that one COPY brings, and that are to be there earlier: path in the image to path in the context. */
export interface Manifests {
  readonly copy: ContextCopy;
  readonly files: ReadonlyMap<string, string>;
}

export interface Ahead {
  readonly call: ProjectCall;
  readonly context: BuildContext;
  /** The first COPY that brings sources: the download goes before it. */
  readonly before: Step;
  readonly manifests: readonly Manifests[];
  readonly command: string;
  /** What it downloads, where that is not all that is needed. */
  readonly gets: string | undefined;
  /** Comes out of the command's RUN, and before the download. */
  readonly head: Head | undefined;
  readonly line: Line;
  /** A source of the build context that the download does not read. */
  readonly edited: string;
}

/** What `installInputsOf` says of a command that does nothing but download. */
export type FetchInputs = Extract<InstallInputs, { readonly files: unknown }> & { readonly fetched: readonly string[] };

/**
 * Undefined where `call` downloads nothing that could be fetched ahead, "nothing" where that is done or another transform's part. Throws a
 * `Decline` where it must not be.
 */
export function aheadOf(call: ProjectCall, facts: Facts): Ahead | "nothing" | undefined {
  const { invocation, folder } = call;
  const { context } = facts;
  if (!ecosystemNamed(invocation.ecosystem)?.fetchFor) return undefined;
  const project = projectOf(call, facts);
  if (!project) return undefined;
  if (isInstalledBefore(call, facts)) return "nothing";
  if (!context)
    throw new Decline(
      "no-context",
      `what ${saidCall(call)} downloads is not known without a build context; give one with --context`,
    );
  if ("unknown" in project || folder === undefined)
    throw new Decline("unknown-folder", `it is not known in which folder ${saidCall(call)} runs`);
  if (invocation.purpose === "dependencies") {
    const inputs = installInputsOf(invocation, project.view, project.folder, project.surroundings);
    // Such an install can itself stand before the sources.
    if (!("blocked" in inputs || inputs.standIns)) return "nothing";
  }
  const fetch = fetchFor(invocation, project.view, project.folder, project.surroundings);
  if (!fetch) return undefined;
  if ("blocked" in fetch) throw new Decline("reads-more", fetch.blocked);
  const { command, gets } = fetch;
  if (!invocation.command.unconditional)
    throw new Decline("conditional", `whether ${saidCall(call)} runs is only known when it is built`);
  checkBase(project);
  const inputs = inputsOf(command, call, project);
  const needed = inputs.files.map((path) => posix.join(folder, path));

  const starts = project.brought.flatMap(({ places }, index) => {
    const earlier = new Set(project.brought.slice(0, index).flatMap((each) => [...each.places.values()]));
    const edited = sourceAmong(places, needed, earlier);
    return edited === undefined ? [] : [{ index, edited }];
  });
  // Before the first of the sources, or where something stands in the way there, before later ones.
  let declined: Decline | undefined;
  // Files that stand in for sources may have been made by what stands in the way.
  for (const start of inputs.standIns ? starts.slice(0, 1) : starts) {
    try {
      return {
        call,
        context,
        command,
        gets,
        ...standing({ ...start, needed, inputs, command, call, project, folder, facts }),
      };
    } catch (error) {
      if (!(error instanceof Decline)) throw error;
      declined ??= error;
    }
  }
  if (declined) throw declined;
  return "nothing";
}

interface Start {
  /** The place of the COPY that the download goes before, among all that the project's COPYs bring. */
  readonly index: number;
  readonly edited: string;
  /** Paths in the image. */
  readonly needed: readonly string[];
  readonly inputs: FetchInputs;
  readonly command: string;
  readonly call: ProjectCall;
  readonly project: Project;
  readonly folder: string;
  readonly facts: Facts;
}

function standing(start: Start): Pick<Ahead, "before" | "manifests" | "head" | "line" | "edited"> {
  const { index, edited, needed, inputs, command, call, project, folder, facts } = start;
  const brought = project.brought.slice(index);
  const before = brought[0]!.copy.step;
  // `COPY pom.xml .` above `COPY . .`
  const isThereBefore = (path: string, { places }: Brought) =>
    project.brought.slice(0, index).some(({ copy: { step }, places: own }) => {
      const between = before.stage.steps.slice(step.index + 1, before.index);
      return own.get(path) === places.get(path) && between.every(({ instruction }) => instruction.keyword !== "RUN");
    });
  const manifests = brought.flatMap((each): Manifests[] => {
    const files = needed.filter(
      (path) => project.brought.findLast(({ places }) => places.has(path)) === each && !isThereBefore(path, each),
    );
    return files.length === 0
      ? []
      : [{ copy: each.copy, files: new Map(files.map((path) => [path, each.places.get(path) ?? ""])) }];
  });
  for (const { copy, files } of manifests) {
    checkCopy(copy, before, project, facts);
    checkFolders(copy, files, call, facts);
  }
  checkWritten(command, inputs.fetched, needed, brought, folder);
  const place = { before, call, needed, brought, facts };
  const head = headOf(place);
  const repeated = between({ ...place, head });
  const wanted = needed.flatMap(
    (path) => project.brought.findLast(({ places }) => places.has(path))?.places.get(path) ?? [],
  );
  const line = lineFor({ command, inputs, call, before, repeated, manifests: wanted, folder, facts });
  if (before.before.cwd !== folder && !needed.some((path) => isWithin(path, folder)))
    throw new Decline("no-folder", `no file that \`${command}\` reads lies in ${folder}, where it would run`);
  const earlier = project.brought.slice(0, index);
  const isThere = (path: string) => needed.includes(path) || earlier.some(({ places }) => places.has(path));
  const sources = brought.flatMap(({ places }) => [...places]).filter(([path]) => !isThere(path));
  const led = leadInto(call, new Map(sources), facts);
  if (led) throw new Decline("leads-to-sources", `${led.by} leads ${saidCall(call)} to ${led.path}`);
  return { before, manifests, head, line, edited };
}

/**
 * A file that is not needed, no manifest of another project, and not brought `earlier` as well. An edit of the ignore file runs everything
 * again, whatever the order.
 */
function sourceAmong(
  places: ReadonlyMap<string, string>,
  needed: readonly string[],
  earlier: ReadonlySet<string>,
): string | undefined {
  const isSource = (path: string) => !isManifest(path) && !NO_SOURCES.test(path) && !earlier.has(path);
  return [...places].find(([path, source]) => !needed.includes(path) && isSource(source))?.[1];
}

/** An ignore file, and a wrapper's script for Windows beside the one for other systems. */
const NO_SOURCES = /^\.dockerignore$|(^|\/)(gradlew\.bat|mvnw\.cmd)$/;

/** What the command reads, which must be nothing but manifests, and writes, which must be nothing but downloads. */
function inputsOf(text: string, call: ProjectCall, { view, folder, surroundings }: Project): FetchInputs {
  const [fetches] = parseScript(plain(text), call.step.before.shell.dialect).commands;
  const invocation = fetches && recognise(fetches);
  const isHere = invocation && workingFolderOf(invocation, call.folder) === call.folder;
  const inputs =
    invocation && isHere
      ? installInputsOf(invocation, view, folder, surroundings)
      : { blocked: `refit can't tell what \`${text}\` would read` };
  if ("blocked" in inputs) throw new Decline("reads-more", inputs.blocked);
  const { fetched = [] } = inputs;
  const written = inputs.writes.find((path) => !fetched.includes(path));
  if (written !== undefined)
    throw new Decline("writes-more", `\`${text}\` would write ${written}, which the build context lacks`);
  return { ...inputs, fetched };
}
