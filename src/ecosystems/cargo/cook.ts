/**
 * cargo-chef, which compiles a project's dependencies with empty sources in the place of its own. What it does is read in the sources of 0.1.77
 * (src/recipe.rs, src/skeleton) and was tried with that version: docs/adr/0016.
 */

import { posix } from "node:path";
import { knownBase } from "../../bases/index.ts";
import { type BuildContext, isUnder } from "../../context/index.ts";
import { type Blocker, inFolder } from "../blocked.ts";
import { argumentsOf } from "../call.ts";
import { allStrings } from "../node/manifest.ts";
import { projectFiles, SYSTEM_FOLDERS } from "../system.ts";
import { isTable, readToml, stringsAt, type TomlTable, tableAt } from "../toml.ts";
import type { Call, Cook, Footprint, Surroundings } from "../types.ts";
import { hasDownloads, toolchainOff, VALUED } from "./fetch.ts";
import { toolFolders } from "./homes.ts";
import { cargoSettings } from "./settings.ts";
import { targetFiles } from "./targets.ts";
import { type CargoWorkspace, cargoWorkspace, patchesIn } from "./workspace.ts";

const VERSION = "0.1.77";
/** Of Rust's minor version: what its Cargo.lock asks for (github.com/LukeMathWalker/cargo-chef/issues/356). */
const NEEDS_MINOR = 88;
const RECIPE = "recipe.json";
/** The version that a recipe has for all packages of the project. */
const MASKED = "0.0.1";

/** Options of `cargo build` that `cargo chef cook` has as well, by what they are called there. */
const KEPT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...[
        "--release",
        "--profile",
        "--target",
        "--no-default-features",
        "--all-features",
        "--features",
        "--bin",
        "--bins",
      ],
      ...["--benches", "--tests", "--examples", "--all-targets", "--package", "--workspace", "--offline", "--locked"],
      ...["--frozen", "--jobs", "-p", "-j"],
    ].map((name) => [name, name]),
  ),
  ...{ "-r": "--release", "-F": "--features", "--all": "--workspace" },
};

/** Those that change nothing of what is compiled. */
const DROPPED = /^(-[qv]+|--(quiet|verbose|color|message-format|keep-going))$/;

/** What compiles ahead what a `cargo build` in `folder` needs. Undefined where that is nothing. */
export function cookFor(
  call: Call,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): Cook | undefined {
  const workspace = cargoWorkspace(context, folder);
  if (workspace === undefined) return undefined;
  if ("blocked" in workspace) return workspace;
  if (!hasDownloads(workspace, context)) return undefined;
  const options = optionsFor(call);
  if ("blocked" in options) return options;
  const env = new Map([...surroundings.env, ...call.env]);
  const blocked =
    toolBlocker(surroundings) ??
    environmentBlocker(env, context, folder, surroundings.cwd) ??
    settingsBlocker(context, folder) ??
    workspaceBlocker(workspace, context, folder);
  if (blocked !== undefined) return { blocked };
  const toolchain = call.args[0]?.startsWith("+") ? [call.args[0]] : [];
  const recipe = ["--recipe-path", RECIPE];
  return {
    prepare: ["cargo", ...toolchain, "chef", "prepare", ...recipe].join(" "),
    recipe: RECIPE,
    command: ["cargo", ...toolchain, "chef", "cook", ...options.words, ...recipe].join(" "),
    install: hasChef(surroundings.base) ? undefined : `cargo install cargo-chef --locked --version ${VERSION}`,
  };
}

/** Images by cargo-chef's author, which are the official ones with it. */
function hasChef(base: string | undefined): boolean {
  return /^(docker\.io\/)?lukemathwalker\/cargo-chef(:|@|$)/.test(base ?? "");
}

/** Whether cargo-chef can be had in the base image. */
function toolBlocker({ base }: Surroundings): Blocker {
  if (hasChef(base)) return undefined;
  const known = base === undefined ? undefined : knownBase(base);
  if (known?.family.name !== "rust") return `it is not known which Rust ${base ?? "the base image"} has`;
  const [major, minor] = known.version?.split(".") ?? [];
  return minor !== undefined && Number(major) === 1 && Number(minor) < NEEDS_MINOR
    ? `cargo-chef ${VERSION} takes Rust 1.${NEEDS_MINOR} to compile, and ${base} has ${known.version}; images called lukemathwalker/cargo-chef have it ready`
    : undefined;
}

/** The words for `cargo chef cook` that make it compile as `call` will. */
function optionsFor(call: Call): { readonly words: readonly string[] } | { readonly blocked: string } {
  const words: string[] = [];
  const args = toolchainOff(call.args).slice(1);
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    const [, name = word ?? "", value] = /^(--[^=]+)=(.*)$/s.exec(word ?? "") ?? [];
    const takes = value === undefined && VALUED.includes(name);
    const given = takes ? args[++at] : value;
    if (word === undefined || (takes && given === undefined))
      return { blocked: "which options cargo gets depends on a variable" };
    if (DROPPED.test(name)) continue;
    const same = KEPT[name];
    if (same === undefined) return { blocked: `${name} may be something else to \`cargo chef cook\`` };
    if (given !== undefined && !/^[\w./,+ -]+$/.test(given))
      return { blocked: `what ${name} gets has characters that a shell reads in its own way` };
    if (name === "--target" && !/linux/.test(given ?? ""))
      return { blocked: `empty programs can't be compiled for ${given}` };
    words.push(same, ...(given === undefined ? [] : [given.includes(" ") ? `"${given}"` : given]));
  }
  return { words };
}

/** Platforms and folders by variables that cargo-chef does not ask for, so that it would leave its empty libraries there. */
function environmentBlocker(env: Surroundings["env"], context: BuildContext, folder: string, cwd = "/"): Blocker {
  const name = ["CARGO_BUILD_TARGET", "CARGO_BUILD_TARGET_DIR"].find((each) => env.has(each));
  if (name !== undefined) return `cargo-chef takes no notice of ${name}`;
  if (env.has("CARGO_TARGET_DIR") && !env.get("CARGO_TARGET_DIR")) return "the value of CARGO_TARGET_DIR is not known";
  for (const [variable, value = ""] of env) {
    const file = fileNamedIn(value.replaceAll(`${cwd}/`, "./"), context, folder);
    if (file !== undefined)
      return `${variable} names ${file}, which is not there yet when dependencies are compiled ahead`;
  }
  return undefined;
}

/** The first word that is the path of something in the project: `-Tmemory.x`, `native=libs/sea`. */
function fileNamedIn(text: string, context: BuildContext, folder: string): string | undefined {
  const isThere = (path: string) => context.has(path) || context.isFolder(path);
  return text
    .split(/[\s=,:;]+/)
    .map((word) => word.replace(/^-[A-Z]/, ""))
    .find(
      (word) =>
        /\w[./]|[./]\w/.test(word) && !word.startsWith("/") && isThere(posix.join(folder, word).replace(/\/$/, "")),
    );
}

function settingsBlocker(context: BuildContext, folder: string): Blocker {
  const settings = cargoSettings(context, folder);
  if ("blocked" in settings) return settings.blocked;
  if (settings.isOffline)
    return "its packages are in the project, which is not there yet when dependencies are compiled ahead";
  const toolchain = settings.files.find((path) => /(^|\/)rust-toolchain(\.toml)?$/.test(path));
  if (toolchain !== undefined) return `${toolchain} chooses a toolchain, and cargo-chef would run before it is there`;
  const own = inFolder(folder, ".cargo/config.toml");
  const other = settings.files.find((path) => path !== own);
  if (other !== undefined) return `cargo-chef takes no notice of ${other}, or leaves a copy by another name`;
  const config = readToml(context.read(own) ?? "") ?? {};
  const moved = ["target", "target-dir", "build-dir"].find((key) => tableAt(config, "build")[key] !== undefined);
  if (moved !== undefined) return `cargo-chef takes no notice of build.${moved} in ${own}`;
  const [file] = allStrings(config).flatMap((text) => fileNamedIn(text, context, folder) ?? []);
  return file && `${own} names ${file}, which is not there yet when dependencies are compiled ahead`;
}

/** Whether the recipe says all that Cargo asks for, and nothing that the build could take for its own. */
function workspaceBlocker(workspace: CargoWorkspace, context: BuildContext, folder: string): Blocker {
  const { root, packages } = workspace;
  const manifest = packages.find((one) => one.folder === root)?.manifest ?? {};
  if (root !== folder) return `${inFolder(root, "Cargo.toml")} lies above the folder where cargo runs`;
  if (!context.has(inFolder(root, "Cargo.lock"))) return "the build context has no Cargo.lock";
  const shared = tableAt(manifest, "workspace");
  for (const one of packages) {
    const path = inFolder(one.folder, "Cargo.toml");
    if (one.folder !== root && !isMember(one.folder, root, manifest))
      return `${path} is of no member of the workspace, and cargo-chef leaves it out`;
    if (one.manifest["cargo-features"] !== undefined) return `${path} asks for features of Cargo that are unstable`;
    if (!isTable(one.manifest.package)) continue;
    const { version } = one.manifest.package;
    const own = isTable(version) ? tableAt(shared, "package").version : version;
    // Cargo tells programs of one name apart by their versions first, then by their times: sources have those of the build context, which are older.
    if (own === undefined || own === MASKED)
      return `${path} has ${own === undefined ? "no version" : `version ${MASKED}, as cargo-chef's empty programs have`}, so that Cargo could take such a program for the build's own`;
    const files = targetFiles(context, one);
    if ("blocked" in files) return files.blocked;
  }
  return undefined;
}

/** Packages in the root's folder that its members name by path belong to its workspace; those of `[patch]` don't. */
function isMember(folder: string, root: string, manifest: TomlTable): boolean {
  if (!isTable(manifest.workspace) || (root !== "" && !isUnder(folder, root))) return false;
  const outside = [...stringsAt(manifest.workspace, "exclude"), ...patchesIn(manifest)].filter((path) => path !== "");
  return !outside.some((path) => isUnder(folder, posix.join(root, path).replace(/\/$/, "")));
}

/**
 * Of `cargo install cargo-chef`, which compiles it with the toolchain of the system. It leaves a program that no other command of Cargo asks for,
 * and downloads; what it compiles on the way is left only where a variable says where it lies.
 */
export function chefFootprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const { cwd, env } = surroundings;
  const { positional, options } = argumentsOf(call.args, [...VALUED, "--version"]);
  const isChef = positional.length === 2 && positional[0] === "install" && positional[1] === "cargo-chef";
  const isPlain = [...options.keys()].every((name) => /^(--locked|--version|--force|-f|--quiet|-q)$/.test(name));
  if (!isChef || !isPlain || cwd === undefined || env.has("CARGO_INSTALL_ROOT")) return undefined;
  const [homes, toolchains] = [toolFolders("CARGO_HOME", surroundings), toolFolders("RUSTUP_HOME", surroundings)];
  const targets = ["CARGO_TARGET_DIR", "CARGO_BUILD_TARGET_DIR"]
    .filter((name) => env.has(name))
    .map((name) => env.get(name));
  if (!homes || !toolchains || !targets.every((path) => path !== undefined)) return undefined;
  const lookedFor = projectFiles(cwd, [".cargo", "rust-toolchain", "rust-toolchain.toml"]);
  const names = ["bin/cargo-chef", ".crates.toml", ".crates2.json", "registry", ".package-cache", ".global-cache"];
  return {
    reads: [...SYSTEM_FOLDERS, ...homes, ...toolchains, ...lookedFor],
    lookedFor,
    writes: [
      ...homes.flatMap((home) => names.map((name) => `${home}/${name}`)),
      ...targets.map((path) => posix.resolve(cwd, path)),
    ],
    network: true,
    unnoticed: true,
  };
}
