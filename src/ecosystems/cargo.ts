import { posix } from "node:path";
import type { BuildContext } from "../context/types.ts";
import { argumentsOf } from "./call.ts";
import { builtCargoApp, cargoOutputs } from "./cargo/builds.ts";
import { chefFootprint, cookFor } from "./cargo/cook.ts";
import { fetchFor, fetchInputs, toolchainOff, VALUED } from "./cargo/fetch.ts";
import { toolFolders } from "./cargo/homes.ts";
import { subcommands } from "./subcommands.ts";
import { hasOtherHome, projectFiles } from "./system.ts";
import type { Call, Declaration, Ecosystem, Footprint, InstallInputs, Recognised, Surroundings } from "./types.ts";

const declares: Declaration = {
  title: "Cargo",
  files: [
    {
      name: "Cargo.toml",
      role: "manifest",
      about: "of each member of the workspace, and of each package named by its path",
    },
    { name: "Cargo.lock", role: "lock" },
    { name: ".cargo/config.toml", role: "settings", about: "also in the folders above" },
    { name: "rust-toolchain.toml", role: "settings", about: "or rust-toolchain: the toolchain that rustup runs" },
  ],
  readsMore: [
    {
      what: "a manifest whose target has no file yet",
      then: "copied",
      how: "an empty file stands in for src/main.rs while the download runs, since Cargo refuses a manifest without it",
    },
    { what: "a package named by its path", then: "copied", how: "its manifest" },
    { what: "a missing Cargo.lock", then: "declined" },
    { what: "a package outside of the build context", then: "declined" },
    { what: "settings that name other files, such as paths, include or a wrapper of rustc", then: "declined" },
    { what: "--manifest-path, --config and unstable options", then: "declined" },
  ],
  installs: ["/usr/local/cargo/registry", "~/.cargo/registry"],
  caches: ["registry", "git", ".package-cache", ".package-cache-mutate", ".global-cache"].flatMap((name) => [
    `~/.cargo/${name}`,
    `/usr/local/cargo/${name}`,
  ]),
  intermediates: ["**/.crates.toml", "**/.crates2.json"],
  network: "the registries and Git repositories that Cargo.toml and Cargo.lock name; rustup's server for a toolchain",
  builds: [
    { command: "cargo build --release", outputs: ["target/release"] },
    { command: "cargo install --path .", outputs: ["/usr/local/cargo/bin"] },
  ],
  developmentOnly: "`[dev-dependencies]` are for tests and examples; a download brings them too.",
};

const known = subcommands({
  name: "cargo",
  commands: ["cargo", "rustup"],
  purposes: {
    system: ["install", "component add", "target add", "toolchain install", "default", "update"],
    dependencies: ["fetch", "vendor", "chef cook"],
    build: ["build", "b", "test", "t", "check", "c", "run", "r", "clippy", "doc", "d", "bench", "rustc"],
    clean: ["clean"],
    files: ["chef prepare"],
  },
  valued: VALUED,
  declares,
});

/** Rust's package manager and build tool, with rustup. */
export const cargo: Ecosystem = {
  ...known,
  linksIn: ["target"],
  folderOf,
  recognise,
  footprint,
  installInputs,
  fetchFor: (call, context, folder, surroundings) => {
    const { action = "", purpose } = recognise(call) ?? {};
    return action === "fetch" || purpose === "build" ? fetchFor(call, context, folder, surroundings) : undefined;
  },
  cookFor: (call, context, folder, surroundings) =>
    /^(build|b)$/.test(recognise(call)?.action ?? "") ? cookFor(call, context, folder, surroundings) : undefined,
  // What it compiles is intermediate, and its empty sources give way to those of the project.
  filledBy: (call) => (recognise(call)?.action === "chef cook" ? [] : undefined),
  outputsOf: (call, project, surroundings) => cargoOutputs(recognise(call)?.action ?? "", call, project, surroundings),
  worksAtRoot: true,
  builtApp: builtCargoApp,
};

/** `cargo install --path .` builds the project; by a name it brings a tool. */
function recognise(call: Call): Recognised | undefined {
  const found = known.recognise({ ...call, args: toolchainOff(call.args) });
  const isOfProject = found?.action === "install" && argumentsOf(call.args, VALUED).options.has("--path");
  return isOfProject ? { ...found, purpose: "build" } : found;
}

/** `cargo install --path FOLDER` reads the settings of that folder (src/bin/cargo/commands/install.rs). */
function folderOf(call: Call, cwd: string | undefined): string | undefined {
  const { options } = argumentsOf(call.args, VALUED);
  if (call.tool !== "cargo" || !options.has("--path")) return cwd;
  const path = options.get("--path");
  return path?.startsWith("/") || (path !== undefined && cwd !== undefined)
    ? posix.resolve(cwd ?? "/", path)
    : undefined;
}

const RUSTUP_OPTIONS =
  /^(-[qvct]|--(quiet|verbose|profile|component|target|toolchain|no-self-update|force|force-non-host|allow-downgrade))$/;

function footprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  return call.tool === "rustup" ? rustupFootprint(call, surroundings) : chefFootprint(call, surroundings);
}

/** Of rustup, which brings toolchains and their parts into a folder of its own; by which toolchain, a file of the project may say. */
function rustupFootprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const { cwd, env } = surroundings;
  if (recognise(call)?.purpose !== "system") return undefined;
  if (cwd === undefined || hasOtherHome(surroundings) || env.has("RUSTUP_TOOLCHAIN")) return undefined;
  const { positional, options } = argumentsOf(call.args);
  const words = [...positional, ...options.values()];
  if (words.some((word) => word === undefined || word.includes("/"))) return undefined;
  if (![...options.keys()].every((name) => RUSTUP_OPTIONS.test(name))) return undefined;
  const [rustup, cargo] = [toolFolders("RUSTUP_HOME", surroundings), toolFolders("CARGO_HOME", surroundings)];
  if (!rustup || !cargo) return undefined;
  const folders = [...rustup, ...cargo];
  const lookedFor = projectFiles(cwd, ["rust-toolchain", "rust-toolchain.toml"]);
  return { reads: [...folders, ...lookedFor], lookedFor, writes: folders, network: true };
}

function installInputs(call: Call, context: BuildContext, folder: string, surroundings: Surroundings): InstallInputs {
  const { action } = recognise(call) ?? {};
  if (call.tool !== "cargo" || action !== "fetch") return { blocked: `${call.tool} ${action ?? ""} reads the sources` };
  return fetchInputs(call, context, folder, surroundings);
}
