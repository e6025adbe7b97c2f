/** Files beside a project by which Cargo and rustup work: `.cargo/config.toml`, `rust-toolchain.toml` (The Cargo Book, Configuration). */
import type { BuildContext } from "../../context/types.ts";
import { foldersAbove, inFolder } from "../blocked.ts";
import { isTable, readToml, type TomlTable, tableAt } from "../toml.ts";

export interface CargoSettings {
  /** Paths in the context. */
  readonly files: readonly string[];
  /** All packages lie in the project, or Cargo is told to stay offline: nothing is downloaded. */
  readonly isOffline: boolean;
  /** Whether a file chooses the toolchain, which rustup may download. */
  readonly choosesToolchain: boolean;
}

/** For a command in `folder`, which looks in the folders above as well. */
export function cargoSettings(context: BuildContext, folder: string): CargoSettings | { readonly blocked: string } {
  const folders = [folder, ...foldersAbove(folder)];
  const configs = folders.flatMap((each) =>
    [".cargo/config", ".cargo/config.toml"].map((name) => inFolder(each, name)).filter(context.has),
  );
  let isOffline = false;
  for (const path of configs) {
    const config = readToml(context.read(path) ?? "");
    if (!config) return { blocked: `${path} is no TOML` };
    const key = furtherFile(config);
    if (key !== undefined) return { blocked: `${path} sets ${key}, which may name other files` };
    isOffline ||= tableAt(config, "net").offline === true || replacesRegistry(config);
  }
  const toolchains = folders.flatMap((each) =>
    ["rust-toolchain", "rust-toolchain.toml"].map((name) => inFolder(each, name)).filter(context.has),
  );
  const local = toolchains.find((path) => /^\s*path\s*=/m.test(context.read(path) ?? ""));
  if (local !== undefined) return { blocked: `${local} names a toolchain in a folder` };
  return { files: [...configs, ...toolchains], isOffline, choosesToolchain: toolchains.length > 0 };
}

/** A key whose value may lead `cargo fetch` to files of the project. */
function furtherFile(config: TomlTable): string | undefined {
  const build = tableAt(config, "build");
  const programs = ["rustc", "rustc-wrapper", "rustc-workspace-wrapper"].filter((key) =>
    /\//.test(String(build[key] ?? "")),
  );
  if (programs[0] !== undefined) return `build.${programs[0]}`;
  if ([build.target].flat().some((target) => /\.json$/.test(String(target ?? "")))) return "build.target";
  if (tableAt(config, "http").cainfo !== undefined) return "http.cainfo";
  if (tableAt(config, "unstable")["build-std"] !== undefined) return "unstable.build-std";
  return ["paths", "include", "patch"].find((key) => config[key] !== undefined);
}

/** Packages of the public registry from a folder (`cargo vendor`). */
function replacesRegistry(config: TomlTable): boolean {
  const sources = tableAt(config, "source");
  const follow = (name: string, seen: readonly string[] = []): boolean => {
    const source = sources[name];
    if (!isTable(source) || seen.includes(name)) return false;
    if (source.directory !== undefined || source["local-registry"] !== undefined) return true;
    const next = source["replace-with"];
    return typeof next === "string" && follow(next, [...seen, name]);
  };
  return follow("crates-io");
}
