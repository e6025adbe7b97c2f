/** The files that a build uplifts out of a package's targets (src/workspace/parser/targets.rs and core/compiler in Cargo's sources). */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { inFolder } from "../blocked.ts";
import { isTable, stringsAt, type TomlTable, tableAt } from "../toml.ts";
import type { CargoPackage } from "./workspace.ts";

/** What a command line asks for. */
export interface Selection {
  /** Of `--bin`; undefined is all of them, unless `--lib` asks for the library alone. */
  readonly bins: readonly string[] | undefined;
  readonly features: readonly string[];
  readonly allFeatures: boolean;
  readonly noDefaultFeatures: boolean;
}

/** Names of the programs of `one` that a command makes. */
export function programsOf(context: BuildContext, one: CargoPackage, selection: Selection): readonly string[] {
  const { manifest, folder } = one;
  if (!isTable(manifest.package)) return [];
  const features = featuresOf(manifest, selection);
  const listed = listOf(manifest.bin);
  const isBuilt = (bin: TomlTable) =>
    selection.allFeatures || stringsAt(bin, "required-features").every((feature) => features.has(feature));
  const names = new Set(listed.map((bin) => String(bin.name)));
  const paths = new Set(listed.map((bin) => String(bin.path ?? "")));
  const inferred = isDiscovering(manifest) ? usualPrograms(context, folder, String(manifest.package.name)) : [];
  const programs = [
    ...listed.filter(isBuilt).map((bin) => String(bin.name)),
    ...inferred.filter(({ name, path }) => !names.has(name) && !paths.has(path)).map(({ name }) => name),
  ];
  const { bins } = selection;
  return bins === undefined ? programs : programs.filter((name) => bins.includes(name));
}

/** The file names of shared libraries that other programs load; undefined where one is for programs of the same build alone (`dylib`). */
export function librariesOf({ manifest }: CargoPackage): readonly string[] | undefined {
  const types = stringsAt(tableAt(manifest, "lib"), "crate-type");
  if (types.includes("dylib")) return undefined;
  const name = String(tableAt(manifest, "lib").name ?? tableAt(manifest, "package").name).replaceAll("-", "_");
  return types.includes("cdylib") ? [`lib${name}.so`] : [];
}

/** Edition 2015 looks for no further programs where the manifest lists some. */
function isDiscovering(manifest: TomlTable): boolean {
  const { autobins, edition } = tableAt(manifest, "package");
  if (typeof autobins === "boolean") return autobins;
  return manifest.bin === undefined || (edition !== undefined && edition !== "2015");
}

function usualPrograms(context: BuildContext, folder: string, name: string): { name: string; path: string }[] {
  const bin = inFolder(folder, "src/bin");
  const beside = context.list(bin).flatMap((entry) => {
    const path = context.isFolder(`${bin}/${entry}`) ? `${entry}/main.rs` : entry;
    const isProgram = path.endsWith(".rs") && context.has(`${bin}/${path}`);
    return isProgram ? [{ name: posix.basename(entry, ".rs"), path: `src/bin/${path}` }] : [];
  });
  return [...(context.has(inFolder(folder, "src/main.rs")) ? [{ name, path: "src/main.rs" }] : []), ...beside];
}

/** Features that are on, with those that they turn on. */
function featuresOf(manifest: TomlTable, { features, noDefaultFeatures }: Selection): ReadonlySet<string> {
  const table = tableAt(manifest, "features");
  const on = new Set<string>();
  const waiting = [...features, ...(noDefaultFeatures ? [] : ["default"])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (on.has(next)) continue;
    on.add(next);
    waiting.push(...stringsAt(table, next));
  }
  return on;
}

function listOf(value: unknown): TomlTable[] {
  return Array.isArray(value) ? value.filter(isTable) : [];
}
