/** What `cargo build` and `cargo install` make, and what of a Rust project its container needs. */
import { posix } from "node:path";
import { type BuildContext, unknown, within } from "../../context/index.ts";
import { inFolder } from "../blocked.ts";
import { type Arguments, argumentsOf } from "../call.ts";
import { compiledApp, madeByAll, pathsOf } from "../compiled-app.ts";
import { Decline } from "../decline.ts";
import { placeIn } from "../moved.ts";
import { startedIn } from "../started.ts";
import { isTable, readToml, tableAt } from "../toml.ts";
import type { BuildWork, BuiltApp, Call, Outputs, Surroundings } from "../types.ts";
import { buildScriptProblem, looksForLeftovers } from "./build-script.ts";
import { toolchainOff, VALUED } from "./fetch.ts";
import { librariesOf, programsOf } from "./programs.ts";
import { selectedPackages, selectionOf } from "./selected.ts";
import { type CargoWorkspace, cargoWorkspace } from "./workspace.ts";

/** Actions that leave nothing but intermediates and caches. */
const MAKES_NOTHING = ["fetch", "test", "t", "check", "c", "clippy", "bench", "chef cook"];

export function cargoOutputs(action: string, call: Call, project: BuildContext, surroundings: Surroundings): Outputs {
  if (MAKES_NOTHING.includes(action)) return { outputs: [] };
  const args = argumentsOf(toolchainOff(call.args), VALUED);
  const settings = settingsOf(args, new Map([...surroundings.env, ...call.env]), project);
  if ("unknown" in settings) return settings;
  if (action === "install") return installed(call, args, settings, project, surroundings.base);
  return ["build", "b", "rustc"].includes(action)
    ? built(call, args, settings, project)
    : unknown(`\`cargo ${action}\` may write anything`);
}

/** Throws a `Decline` where the container needs more than its programs and files. */
export function builtCargoApp(work: BuildWork): BuiltApp {
  const { project, folder } = work;
  const outputs = madeByAll(work, "cargo", ({ invocation: { action, call }, surroundings }) =>
    pathsOf(cargoOutputs(action, call, project, surroundings)),
  );
  checkPackages(project);
  const looking = project.files().find((path) => isProgram(path) && looksForLeftovers(project.read(path) ?? ""));
  if (looking !== undefined)
    throw new Decline("build-script", `${looking} has the program look for what the build script left in OUT_DIR`);
  const places = new Set(outputs.map((path) => placeIn(folder, path)));
  // It looks for them to tell where the project is (diesel_cli, `find_project_root`).
  const findsProject = startedIn(work).programs.some(({ tool }) => posix.basename(tool) === "diesel");
  const isSought = (path: string) => findsProject && /^(Cargo|diesel)\.toml$/.test(path);
  // A program that knows where its package lay may look for any of its files.
  const everything = project.list("").join(" ");
  return compiledApp(work, {
    outputs: [...places].map((path) => ({ path, isFolder: false })),
    isSource: (path) => !isSought(path) && (SOURCE.test(path) || /^(vendor|target|\.cargo|\.sqlx)\//.test(path)),
    // Manifests and build scripts speak to the build alone.
    speech: (source, path = "main.rs") =>
      /(^|\/)build\.rs$|\.(toml|lock|json)$/.test(path) ? "" : speech(source, everything),
    toolchain: [
      "cargo",
      "rustc",
      "rustup",
      "cargo-watch",
      "bacon",
      "watchexec",
      "trunk",
      "dx",
      "shuttle",
      "cargo-leptos",
      "sea-orm-cli",
    ],
    left: ["intermediate outputs", "downloaded crates"],
  });
}

function isProgram(path: string): boolean {
  return path.endsWith(".rs") && !/(^|\/)(build\.rs$|(tests|benches|examples|vendor)\/)/.test(path);
}

const SOURCE =
  /\.(rs|s|c|h|cc|cpp|hpp|proto)$|(^|\/)(Cargo\.(toml|lock)|rust-toolchain(\.toml)?|\.?(rustfmt|clippy)\.toml|(deny|diesel|Cross|release|Makefile|bacon|cliff)\.toml|sqlx-data\.json|recipe\.json)$/;

/** Strings that a program may have at run time: what the compiler reads or embeds, attributes and comments are left out. */
function speech(source: string, everything: string): string {
  const code = source
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/\b(include_str|include_bytes|include)!\s*[([{](?:[^()]|\([^()]*\))*[)\]}]/g, "")
    .replace(/#!?\[[^\]]*\]/g, "");
  const strings = (code.match(/r(#*)"[\s\S]*?"\1|"(?:[^"\\]|\\[\s\S])*"/g) ?? []).join(" ");
  return strings.includes("CARGO_MANIFEST_DIR") ? `${strings} ${everything.replace(/\S+/g, '"$&"')}` : strings;
}

interface Settings {
  /** Where outputs go, relative to the root of the workspace or absolute; undefined for its `target`. */
  readonly target: string | undefined;
  /** The platform, where one is named. */
  readonly platform: string | undefined;
  /** Where `cargo install` puts programs, but for `--root`. */
  readonly root: string | undefined;
}

/** From options, the environment and `.cargo/config.toml`, the first of them first (The Cargo Book, Configuration). */
function settingsOf(
  { options, positional }: Arguments,
  env: ReadonlyMap<string, string | undefined>,
  project: BuildContext,
): Settings | { readonly unknown: string } {
  const elsewhere = [...options.keys()].find((name) => ELSEWHERE.test(name));
  if (elsewhere !== undefined) return unknown(`${elsewhere} may move what cargo makes`);
  const path = [".cargo/config", ".cargo/config.toml"].find(project.has);
  const config = path === undefined ? {} : readToml(project.read(path) ?? "");
  if (!config) return unknown(`${path} is no TOML`);
  const alias = isTable(config.alias) ? config.alias[positional[0] ?? ""] : undefined;
  if (config.include !== undefined || alias !== undefined)
    return unknown(`${path} may make another command of this one`);
  const build = tableAt(config, "build");
  const values = [
    [options.has("--target-dir"), options.get("--target-dir"), "--target-dir"],
    [env.has("CARGO_TARGET_DIR"), env.get("CARGO_TARGET_DIR"), "CARGO_TARGET_DIR"],
    [env.has("CARGO_BUILD_TARGET_DIR"), env.get("CARGO_BUILD_TARGET_DIR"), "CARGO_BUILD_TARGET_DIR"],
    [build["target-dir"] !== undefined, build["target-dir"], "build.target-dir"],
  ] as const;
  const platforms = [
    [options.has("--target"), options.get("--target"), "--target"],
    [env.has("CARGO_BUILD_TARGET"), env.get("CARGO_BUILD_TARGET"), "CARGO_BUILD_TARGET"],
    [build.target !== undefined, build.target, "build.target"],
  ] as const;
  const roots = [
    [env.has("CARGO_INSTALL_ROOT"), env.get("CARGO_INSTALL_ROOT"), "CARGO_INSTALL_ROOT"],
    [tableAt(config, "install").root !== undefined, tableAt(config, "install").root, "install.root"],
    [env.has("CARGO_HOME"), env.get("CARGO_HOME"), "CARGO_HOME"],
  ] as const;
  const [target, platform, root] = [values, platforms, roots].map((all) => all.find(([isSet]) => isSet));
  for (const found of [target, platform, root])
    if (found && (typeof found[1] !== "string" || found[1] === ""))
      return unknown(`the value of ${found[2]} is not known`);
  return { target: target?.[1] as string, platform: platform?.[1] as string, root: root?.[1] as string };
}

const ELSEWHERE = /^(--manifest-path|--config|-C|-Z.*|--out-dir|--artifact-dir|--git|--index|--registry)$/;

function built(call: Call, args: Arguments, settings: Settings, project: BuildContext): Outputs {
  const workspace = workspaceOf(project, "");
  if ("unknown" in workspace) return workspace;
  const selected = selectedPackages(call, args, workspace, project);
  if ("unknown" in selected) return selected;
  const folder = outputFolder(args, settings);
  if ("unknown" in folder) return folder;
  const selection = selectionOf(call, args);
  if ("unknown" in selection) return selection;
  const libraries = selected.packages.map(librariesOf);
  if (libraries.includes(undefined)) return unknown("a dylib crate needs the standard library of the toolchain");
  const programs = selected.packages.flatMap((one) => programsOf(project, one, selection));
  const files = [...programs, ...(selection.bins === undefined ? libraries.flatMap((names) => names ?? []) : [])];
  return { outputs: [...new Set(files)].map((file) => posix.join(folder.path, file)) };
}

/** The folder by the name of the profile, below one for the platform where one is named. */
function outputFolder(
  { options }: Arguments,
  settings: Settings,
): { readonly path: string } | { readonly unknown: string } {
  const { target = "target", platform } = settings;
  if (/wasm|windows|apple|\.json$/.test(platform ?? ""))
    return unknown(`programs for ${platform} have names of their own`);
  const profile = options.has("--profile")
    ? options.get("--profile")
    : options.has("--release") || options.has("-r")
      ? "release"
      : "dev";
  if (profile === undefined) return unknown("the value of --profile is not known");
  const name = { dev: "debug", test: "debug", bench: "release" }[profile] ?? profile;
  const root = target.startsWith("/") ? posix.normalize(target) : within("", target);
  return root === undefined
    ? unknown(`cargo writes to ${target}, outside of the project`)
    : { path: posix.join(root, platform ?? "", name) };
}

function installed(
  call: Call,
  args: Arguments,
  { root }: Settings,
  project: BuildContext,
  base: string | undefined,
): Outputs {
  const path = args.options.get("--path");
  if (path === undefined) return unknown("the folder behind `--path` is computed");
  // Seen from the folder where it is called, or from the package's own.
  const named = path.startsWith("/") ? undefined : within("", path);
  const folder = named !== undefined && project.has(inFolder(named, "Cargo.toml")) ? named : "";
  const manifest = readToml(project.read(inFolder(folder, "Cargo.toml")) ?? "");
  if (!manifest || tableAt(manifest, "package").name === undefined)
    return unknown(`\`--path ${path}\` leads to no package of the project`);
  const selection = selectionOf(call, args);
  if ("unknown" in selection) return selection;
  const home = args.options.has("--root") ? args.options.get("--root") : (root ?? homeOf(base));
  if (!home?.startsWith("/")) return unknown("where `cargo install` puts the program is not known");
  const programs = programsOf(project, { folder, manifest }, selection);
  return { outputs: programs.map((name) => posix.join(home, "bin", name)) };
}

/** Where the official images have it. */
function homeOf(base: string | undefined): string | undefined {
  return /(^|\/)rust(:|@|$)/.test(base ?? "") ? "/usr/local/cargo" : undefined;
}

function workspaceOf(project: BuildContext, folder: string): CargoWorkspace | { readonly unknown: string } {
  const workspace = cargoWorkspace(project, folder);
  if (workspace === undefined) return unknown("there is no Cargo.toml in the folder where cargo runs");
  return "blocked" in workspace ? unknown(workspace.blocked) : workspace;
}

/** What may put files where the container looks for them, beside the outputs. */
function checkPackages(project: BuildContext): void {
  const workspace = workspaceOf(project, "");
  if ("unknown" in workspace) return;
  for (const { folder, manifest } of workspace.packages) {
    const { build } = tableAt(manifest, "package");
    if (build === false) continue;
    const path = inFolder(folder, typeof build === "string" ? build : "build.rs");
    const text = project.read(path);
    const problem = text === undefined ? undefined : buildScriptProblem(text);
    if (problem !== undefined) throw new Decline("build-script", `${path} ${problem}`);
  }
  const lock = project.read(inFolder(workspace.root, "Cargo.lock")) ?? "";
  const [, bringing] =
    /^name = "(ort-sys|torch-sys|libloading-cross|tensorflow-sys|onnxruntime-sys|steamworks-sys)"/m.exec(lock) ?? [];
  if (bringing !== undefined)
    throw new Decline("brings-library", `${bringing} leaves shared libraries below target, which the program loads`);
}
