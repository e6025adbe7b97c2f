/** The sample apps in test/apps: small real programs with Dockerfiles as people write them. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { root } from "../../scripts/engine/folders.ts";
import { openContext } from "../../src/context/index.ts";
import { type BuildSettings, type Proof, prove, type Session } from "../../src/engine/index.ts";
import { type Result, refit } from "../../src/pipeline/index.ts";
import type { PromiseName } from "../../src/promises/types.ts";
import { transforms } from "../../transforms/index.ts";
import { SETTINGS } from "./build-settings.ts";

const folder = join(root, "test/apps");

/** What `app.json` says. Parts of a step's text are as BuildKit prints it. */
export interface App {
  readonly name: string;
  readonly folder: string;
  /** What it shows, one line. */
  readonly why: string;
  /** The source that a developer edits. */
  readonly edit: string;
  /** A part of the text of the step that installs or downloads, in the rewritten file; absent where the order is nothing to show. */
  readonly dependencies?: string;
  /** The same in the original, where that is another one. */
  readonly before?: string;
  readonly promise?: PromiseName;
  /** Whether it shows a split into builder and runtime, and how it is asked whether it runs. */
  readonly split?: SplitApp;
  /** Left to `npm run rebuild` and `npm run apps`, since CI has another of its kind. */
  readonly slow?: boolean;
  /** A shell script of the app, run in a copy of it before anything else. */
  readonly prepare?: string;
}

export interface SplitApp {
  /** Paths to GET from the server, beside `/`. */
  readonly probes?: readonly string[];
  /** Transforms that run only where asked. */
  readonly also?: readonly string[];
  /** What the configuration of a user would say, by transform. */
  readonly options?: Showing["options"];
  /** Why a proof refuses a smaller base image, where it does. */
  readonly keepsBase?: string;
}

/** Apps whose dependencies go before their sources. */
export function orderedApps(): readonly (App & { readonly dependencies: string })[] {
  return listApps().flatMap((app) =>
    app.dependencies === undefined ? [] : [{ ...app, dependencies: app.dependencies }],
  );
}

/** Apps that are split. */
export function splitApps(): readonly (App & { readonly split: SplitApp })[] {
  return listApps().flatMap((app) => (app.split === undefined ? [] : [{ ...app, split: app.split }]));
}

function listApps(): readonly App[] {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "app.json")));
  return names.sort().map((name) => ({
    ...JSON.parse(readFileSync(join(folder, name, "app.json"), "utf8")),
    name,
    folder: join(folder, name),
  }));
}

/** Transforms that leave the final image what it is. */
const ORDERING = transforms.filter(({ promise }) => promise !== "same-runtime").map(({ name }) => name);

/** They install and compile. */
export const APP_SETTINGS: BuildSettings = { ...SETTINGS, timeout: 600 };

export interface ProvedApp {
  readonly app: App;
  readonly result: Result;
  readonly proof: Proof;
}

/** What is asked of an app. */
export interface Showing {
  /** Names of the transforms that run. */
  readonly only: readonly string[];
  /** By transform. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly promise: PromiseName;
  readonly probes: readonly string[];
}

/** Calls `use` with a copy of the app, made ready, in a folder that is gone afterwards. */
export async function inCopyOf<Answer>(app: App, use: (work: string) => Promise<Answer>): Promise<Answer> {
  const work = mkdtempSync(join(tmpdir(), "refit-app-"));
  try {
    // What is said of the app is no part of it.
    cpSync(app.folder, work, { recursive: true, filter: (path) => basename(path) !== "app.json" });
    if (app.prepare !== undefined)
      execFileSync("sh", ["-eu", app.prepare], { cwd: work, stdio: ["ignore", "ignore", "inherit"] });
    return await use(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Rewrites the app in `work`, a copy of it, and has both files built, compared, and built again after an edit. */
export async function proveApp(app: App, work: string, session: Session, showing = ordering(app)): Promise<ProvedApp> {
  const { only, options, promise, probes } = showing;
  const result = rewriteApp(work, only, options);
  const { before } = result;
  const proof = await prove(session, {
    path: `${app.name}/Dockerfile`,
    before,
    after: result.after,
    files: result.files,
    promise,
    rewrite: result,
    context: work,
    settings: APP_SETTINGS,
    probes,
    rebuild: app.edit,
  });
  return { app, result, proof };
}

/** The Dockerfile in `work` as the transforms `only` rewrite it with their `options`. No registry is asked. */
export function rewriteApp(work: string, only: readonly string[], options: Showing["options"] = {}): Result {
  const path = join(work, "Dockerfile");
  const context = openContext(work, path);
  return refit(readFileSync(path, "utf8"), { transforms, only, skip: ["pin-images"], options, context, strict: true });
}

function ordering({ promise = "same-image-less-caches" }: App): Showing {
  return { only: ORDERING, promise, probes: [] };
}

/** The transforms that users have with `--slim`, and those that the app asks for. */
export function splitting({
  split: { probes = [], also = [], options = {}, keepsBase },
}: App & { readonly split: SplitApp }): Showing {
  const asked = [...(keepsBase === undefined ? ["slim-base"] : []), ...also];
  const only = transforms.flatMap(({ name, asked: isAsked = false }) =>
    isAsked && !asked.includes(name) ? [] : [name],
  );
  return { only, options, promise: "same-runtime", probes: ["/", ...probes] };
}

/** Whether the app is split and stands on a smaller base, where there is one; else what was said of it. */
export async function splitOf(app: App & { readonly split: SplitApp }): Promise<"split" | { readonly reason: string }> {
  const { only, options } = splitting(app);
  const { outcomes } = await inCopyOf(app, async (work) => rewriteApp(work, only, options));
  const about = (name: string) => outcomes.filter(({ transform }) => transform === name);
  const [splits, bases] = [about("split-builder"), about("slim-base")];
  const missed = splits.some(({ kind }) => kind === "applied")
    ? bases.find(({ kind }) => kind === "declined")
    : (splits[0] ?? { message: "split-builder found nothing to do" });
  return missed ? { reason: missed.message } : "split";
}
