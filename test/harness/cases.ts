/** Snapshot cases: a folder each, `snapshots/<transform>/<case>/`; the group `pipeline` runs all transforms. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { baseConfigOf, type ImageAnswer, type ImageJson } from "../../src/bases/index.ts";
import { type BuildContext, LINK, memoryContext } from "../../src/context/index.ts";
import { StepTimes } from "../../src/image/index.ts";
import type { Resolution } from "../../src/image/types.ts";
import { type Result, refit, type Settings } from "../../src/pipeline/index.ts";
import { addTo, fileReportOf, noTotals, textReporter } from "../../src/report/index.ts";
import { decodeBytes } from "../../src/text/index.ts";
import type { Transform } from "../../src/transform/index.ts";

/** What `case.json` may hold. */
interface CaseSettings extends Settings {
  /** Digests by reference as written, or why there is none. */
  readonly digests?: Readonly<Record<string, string | { readonly unresolved: string }>>;
  /** Images by reference as written: their JSON, or why it is not known. */
  readonly images?: Readonly<Record<string, ImageJson | { readonly unresolved: string }>>;
  /** Files of the build context that git would not keep (`node_modules/…`), added to those in `context/`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Stages that builds of the project ask for by name, with what a report calls these. */
  readonly targets?: Readonly<Record<string, string>>;
  /** Names that a build of the project gives a context of its own, with what a report calls that build. */
  readonly contexts?: Readonly<Record<string, string>>;
  /** Scripts that a service of Compose starts, by what a report calls it. */
  readonly starts?: Readonly<Record<string, string>>;
  /** Files of the build context that are symbolic links. */
  readonly links?: readonly string[];
  /** Seconds that steps were measured to take, by their text. */
  readonly seconds?: Readonly<Record<string, number>>;
}

export interface Case {
  /** `merge-runs/two-installs`. */
  readonly name: string;
  readonly folder: string;
  readonly group: string;
  readonly before: string;
  /** The same text as `before` for a file that must be kept. */
  readonly after: string;
  readonly settings: CaseSettings;
  readonly context: BuildContext | undefined;
  readonly digests: ReadonlyMap<string, Resolution>;
  /** As it was accepted; undefined where none was yet. */
  readonly report: string | undefined;
}

const allowed = new Set([
  "before.Dockerfile",
  "after.Dockerfile",
  "keep.Dockerfile",
  "report.txt",
  "case.json",
  "context",
]);

export function listCases(snapshots: string): readonly string[] {
  return folders(snapshots).flatMap((group) =>
    folders(join(snapshots, group)).map((name) => join(snapshots, group, name)),
  );
}

function folders(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Throws for a folder that is not a case: neither or both of `before` and `keep`, a file that nobody reads. */
export function loadCase(folder: string): Case {
  const group = basename(dirname(folder));
  const name = `${group}/${basename(folder)}`;
  for (const file of readdirSync(folder)) {
    if (!allowed.has(file)) throw new Error(`${name}: ${file} is no part of a case`);
  }
  const text = (file: string) =>
    existsSync(join(folder, file)) ? decodeBytes(readFileSync(join(folder, file))) : undefined;
  const [before, after, keep] = [text("before.Dockerfile"), text("after.Dockerfile"), text("keep.Dockerfile")];
  const changes = before !== undefined && after !== undefined && keep === undefined;
  const keeps = before === undefined && after === undefined && keep !== undefined;
  if (!changes && !keeps) throw new Error(`${name}: a case has before and after, or keep alone`);
  if (changes && before === after) throw new Error(`${name}: before and after are the same; that is a keep`);

  const settings: CaseSettings = JSON.parse(text("case.json") ?? "{}");
  const files = { ...readTree(join(folder, "context")), ...settings.files };
  const links = Object.fromEntries((settings.links ?? []).map((path) => [path, LINK]));
  const digests = Object.entries(settings.digests ?? {}).map(([reference, digest]): [string, Resolution] => [
    reference,
    typeof digest === "string" ? { digest } : digest,
  ]);
  return {
    name,
    folder,
    group,
    before: before ?? keep!,
    after: after ?? keep!,
    settings,
    context: Object.keys(files).length > 0 ? memoryContext(files, undefined, undefined, links) : undefined,
    digests: new Map(digests),
    report: text("report.txt"),
  };
}

function readTree(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, "utf8")];
    }),
  );
}

/** Runs the case's own transform, or all of them for the group `pipeline`. */
export function runCase(given: Case, transforms: readonly Transform[]): Result {
  const { group, before, settings, context, digests } = given;
  const { level, only = group === "pipeline" ? undefined : [group], also, skip, options } = settings;
  const { targets = {}, contexts = {}, starts = {}, seconds = {} } = settings;
  const images = new Map(
    Object.entries(settings.images ?? {}).map(([reference, image]): [string, ImageAnswer] => [
      reference,
      "unresolved" in image ? image : { config: baseConfigOf(image) },
    ]),
  );
  const build = { context, args: new Map() };
  const uses = [
    ...Object.entries(targets).map(([target, name]) => ({ ...build, name, target, contexts: [] })),
    ...Object.entries(contexts).map(([own, name]) => ({ ...build, name, contexts: [own] })),
    ...Object.entries(starts).map(([by, script]) => ({ ...build, name: by, contexts: [], starts: [{ by, script }] })),
  ];
  const times = new StepTimes(Object.entries(seconds).map(([instruction, seconds]) => ({ instruction, seconds })));
  return refit(before, {
    transforms,
    context,
    digests,
    images,
    level,
    only,
    also,
    skip,
    options,
    uses,
    times,
    strict: true,
  });
}

/** What a reviewer reads: each reason, then the diff. */
export function reportOf(result: Result): string {
  const reporter = textReporter({ verbosity: "normal", colour: { out: false, err: false }, written: false });
  const report = fileReportOf("Dockerfile", result);
  const { out = "", err = "" } = reporter.file(report);
  const { err: summary = "" } = reporter.end(addTo(noTotals, report));
  return `${err}${summary}${out && `\n${out}`}`;
}
