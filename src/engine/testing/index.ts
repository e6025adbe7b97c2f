/** What property tests of a Dockerfile ask: is the image still the same, and what runs again, after edits that they choose. */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { openContextWith } from "../../context/index.ts";
import { parseDockerfile } from "../../dockerfile/index.ts";
import { factsOf, sourcesOf } from "../../image/index.ts";
import type { PromiseName } from "../../promises/types.ts";
import { prove } from "../prove.ts";
import { copyContext } from "../rebuild/copy.ts";
import { buildSteps } from "../rebuild/index.ts";
import type { BuildSettings, BuildStep, Proof, ProofRequest, Session } from "../types.ts";
import { installs } from "./sources.ts";

export interface TrialOptions {
  /** The Dockerfile on disk, the new one; absolute. */
  readonly dockerfile: string;
  /** The text that it is compared with. */
  readonly old: string;
  readonly promise: PromiseName;
  /** The folder; the Dockerfile's own where none is given. */
  readonly context?: string | undefined;
  readonly settings?: Partial<BuildSettings> | undefined;
  /** Paths to GET from a server, under `same-runtime`. */
  readonly probes?: readonly string[] | undefined;
}

/** A case: what is edited before the builds, and what they are told. */
export interface Trial {
  /** Files of the context; each gets a comment, or white space, that no build has seen. */
  readonly edited?: readonly string[] | undefined;
  readonly buildArgs?: Readonly<Record<string, string>> | undefined;
}

/** A step that was not in the cache. */
export interface TrialStep extends BuildStep {
  /** Whether it installs an app's dependencies, as far as refit knows the tool. */
  readonly installs: boolean;
}

export interface Trials {
  /** Files of the context that may be edited: no manifests and lockfiles, nothing that an install reads. */
  readonly sources: readonly string[];
  /** Both images compared; undefined where neither file builds. Throws an `EngineError` for what the user can mend. */
  compare(trial: Trial): Promise<Proof | undefined>;
  /** What a build of the new file runs again after an edit of `path`. */
  stepsAfterEdit(path: string, buildArgs?: Trial["buildArgs"]): Promise<readonly TrialStep[]>;
}

/** Runs `use` with the two Dockerfiles over a copy of the context. The user's own files are never touched. */
export async function withTrials<Value>(
  session: Session,
  options: TrialOptions,
  use: (trials: Trials) => Promise<Value>,
): Promise<Value> {
  const { dockerfile, old, promise, context = dirname(dockerfile), probes = ["/"] } = options;
  const now = readFileSync(dockerfile, "utf8");
  const ignoreFile = textOf(`${dockerfile}.dockerignore`);
  const facts = [old, now].map((text) => factsOf(parseDockerfile(text)));
  const copy = await copyContext(context, [ignoreFile], session.scratch);
  const requestFor = (buildArgs: Trial["buildArgs"] = {}): ProofRequest => ({
    path: basename(dockerfile),
    before: old,
    after: now,
    promise,
    context: copy.folder,
    ignoreFile,
    newIgnoreFile: ignoreFile,
    settings: settingsWith(options.settings, buildArgs),
    probes,
  });
  const requestTo = (text: string, { settings }: ProofRequest) => ({
    dockerfile: text,
    ignoreFile,
    context: copy.folder,
    settings,
  });
  const build = (text: string, request: ProofRequest, what: string) =>
    buildSteps(session, requestTo(text, request), what);
  const builds = async (text: string, request: ProofRequest) =>
    (await session.engine.build(requestTo(text, request))).ok;
  try {
    await build(old, requestFor(), "the old file");
    return await use({
      sources: sourcesOf(openContextWith(context, ignoreFile), facts),
      async compare({ edited = [], buildArgs }) {
        await copy.restore();
        for (const path of edited) await copy.edit(path);
        const request = requestFor(buildArgs);
        if (!(await builds(old, request)) && !(await builds(now, request))) return undefined;
        return prove(session, request);
      },
      async stepsAfterEdit(path, buildArgs) {
        await copy.restore();
        await build(now, requestFor(buildArgs), "the new file");
        await copy.edit(path);
        const { ran } = await build(now, requestFor(buildArgs), `the new file after an edit of ${path}`);
        return ran.map((step) => ({ ...step, installs: installs(step.instruction) }));
      },
    });
  } finally {
    await copy.remove();
  }
}

/** Seconds that a build may take. */
const PATIENCE = 1800;

function settingsWith(given: Partial<BuildSettings> = {}, buildArgs: Readonly<Record<string, string>>): BuildSettings {
  const none = { secrets: [], ssh: [], buildContexts: [], timeout: PATIENCE };
  const pairs = Object.entries(buildArgs).map(([name, value]) => `${name}=${value}`);
  return { ...none, ...given, buildArgs: [...(given.buildArgs ?? []), ...pairs] };
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
