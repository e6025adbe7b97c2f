/** Files without which Cargo refuses a manifest, whatever is in them (src/workspace/parser/targets.rs in Cargo's sources). */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { inFolder } from "../blocked.ts";
import { isTable, type TomlTable, tableAt } from "../toml.ts";
import type { CargoPackage } from "./workspace.ts";

/** Where Cargo looks for targets of a kind. */
const FOLDERS = { bin: "src/bin", example: "examples", test: "tests", bench: "benches" } as const;

/**
 * Paths in the context of the files for `one`. A target with a path of its own is taken by its word; one without is looked for in the usual
 * places; and where no target has a path, one of the usual places must hold a file.
 */
export function targetFiles(context: BuildContext, one: CargoPackage): string[] | { readonly blocked: string } {
  const { manifest, folder } = one;
  const own = tableAt(manifest, "package");
  if (!isTable(manifest.package) && !isTable(manifest.project)) return [];
  const has = (path: string) => context.has(inFolder(folder, path));
  const name = typeof own.name === "string" ? own.name : "";
  const found = new Set<string>();
  let isFound = isTable(manifest.lib) || Array.isArray(manifest.bin);
  if (isTable(manifest.lib) && manifest.lib.path === undefined) found.add("src/lib.rs");
  for (const kind of ["bin", "example", "test", "bench"] as const)
    for (const target of listOf(manifest[kind])) {
      if (target.path !== undefined) continue;
      const path = fileOf(kind, String(target.name), name, has);
      if (path === undefined)
        return {
          blocked: `${inFolder(folder, "Cargo.toml")} has a ${kind} ${target.name} whose file is not in its usual place`,
        };
      found.add(path);
    }
  const started = own["default-run"];
  const isListed = listOf(manifest.bin).some((target) => target.name === started);
  if (typeof started === "string" && !isListed) {
    const path = fileOf("bin", started, name, has);
    if (path !== undefined) found.add(path);
  }
  if (own.links !== undefined && own.build === undefined && has("build.rs")) found.add("build.rs");
  isFound ||= [...found].some((path) => path.startsWith("src/"));
  if (!isFound) {
    const usual = ["src/lib.rs", "src/main.rs"].find(has) ?? programsIn(context, folder)[0];
    if (usual === undefined)
      return { blocked: `${inFolder(folder, "Cargo.toml")} has no target that the build context shows` };
    found.add(usual);
  }
  const missing = [...found].find((path) => !has(path));
  if (missing !== undefined) return { blocked: `the build context has no ${inFolder(folder, missing)}` };
  return [...found].map((path) => inFolder(folder, path));
}

function listOf(value: unknown): TomlTable[] {
  return Array.isArray(value) ? value.filter(isTable) : [];
}

function fileOf(
  kind: keyof typeof FOLDERS,
  target: string,
  packageName: string,
  has: (path: string) => boolean,
): string | undefined {
  const usual = [`${FOLDERS[kind]}/${target}.rs`, `${FOLDERS[kind]}/${target}/main.rs`];
  return [...(kind === "bin" && target === packageName ? ["src/main.rs"] : []), ...usual].find(has);
}

/** Files in `src/bin` that Cargo takes for programs. */
function programsIn(context: BuildContext, folder: string): string[] {
  const bin = inFolder(folder, FOLDERS.bin);
  return context.list(bin).flatMap((name) => {
    const path = context.isFolder(`${bin}/${name}`) ? `${bin}/${name}/main.rs` : `${bin}/${name}`;
    return path.endsWith(".rs") && context.has(path) ? [posix.relative(folder, path)] : [];
  });
}
