/** `cargo fetch`: what it reads and writes, and ahead of which commands it may stand. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { type Blocker, homeSettings, inFolder, linkAmong } from "../blocked.ts";
import { type Arguments, argumentsOf } from "../call.ts";
import { readToml, tableAt } from "../toml.ts";
import type { Call, Fetch, InstallInputs, Surroundings } from "../types.ts";
import { type CargoSettings, cargoSettings } from "./settings.ts";
import { targetFiles } from "./targets.ts";
import { type CargoWorkspace, cargoWorkspace } from "./workspace.ts";

/** Options that take the next word as their value. */
export const VALUED = [
  ...["--target", "--path", "--manifest-path", "--target-dir", "--config", "--profile", "--features", "-F", "--color"],
  ...["--package", "-p", "--exclude", "--bin", "--example", "--test", "--bench", "--jobs", "-j", "-Z", "-C", "--root"],
  ...["--lockfile-path", "--message-format"],
];

/** Options that name other files, or make Cargo another program. */
const ELSEWHERE = /^(--manifest-path|--config|--lockfile-path|-C|-Z.*)$/;

export function fetchInputs(
  call: Call,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): InstallInputs {
  const args = argumentsOf(toolchainOff(call.args), VALUED);
  const env = new Map([...surroundings.env, ...call.env]);
  const project = projectOf(context, folder);
  if (project === undefined) return { blocked: `the build context has no ${inFolder(folder, "Cargo.toml")}` };
  if ("blocked" in project) return project;
  const { workspace, settings } = project;
  const blocked = elsewhere(args) ?? environment(env) ?? homeSettings(context, folder, surroundings);
  if (blocked !== undefined) return { blocked };
  // A file that the context does not have is made by somebody else, or Cargo fails as before.
  const standIns = workspace.packages.flatMap((one) => {
    const files = targetFiles(context, one);
    return "blocked" in files ? [] : files;
  });
  const lock = inFolder(workspace.root, "Cargo.lock");
  const manifests = workspace.packages.map((one) => inFolder(one.folder, "Cargo.toml"));
  const files = [...manifests, ...(context.has(lock) ? [lock] : []), ...settings.files];
  const link = linkAmong(context, files);
  if (link !== undefined) return { blocked: link };
  const from = (path: string) => posix.relative(folder, path);
  return {
    files: files.map(from),
    ...(standIns.length > 0 && { standIns: standIns.map(from) }),
    writes: context.has(lock) ? [] : [from(lock)],
    fetched: downloadFolders(env, settings),
  };
}

/** Undefined where nothing is downloaded: no other packages, or all of them in the project. */
export function fetchFor(
  call: Call,
  context: BuildContext,
  folder: string,
  surroundings: Surroundings,
): Fetch | undefined {
  const args = argumentsOf(toolchainOff(call.args), VALUED);
  const env = new Map([...surroundings.env, ...call.env]);
  const isOffline =
    args.options.has("--offline") ||
    args.options.has("--frozen") ||
    /^(true|1)$/.test(env.get("CARGO_NET_OFFLINE") ?? "");
  const project = projectOf(context, folder);
  if (isOffline || project === undefined) return undefined;
  if ("blocked" in project) return project;
  if (project.settings.isOffline || !hasDownloads(project.workspace, context)) return undefined;
  const path = args.options.get("--path");
  if (project.settings.choosesToolchain && args.options.has("--path") && !/^\.\/?$/.test(path ?? ""))
    return { blocked: "the folder where cargo is called chooses another toolchain" };
  const blocked = elsewhere(args);
  if (blocked !== undefined) return { blocked };
  for (const one of project.workspace.packages) {
    const files = targetFiles(context, one);
    if ("blocked" in files) return files;
  }
  const toolchain = call.args[0]?.startsWith("+") ? `${call.args[0]} ` : "";
  const target = args.options.get("--target");
  const words = [
    ...(args.options.has("--locked") ? [" --locked"] : []),
    ...(target !== undefined && /^[\w.-]+$/.test(target) ? [` --target ${target}`] : []),
  ];
  return { command: `cargo ${toolchain}fetch${words.join("")}` };
}

/** `cargo +nightly build`: the toolchain is no word of Cargo's. */
export function toolchainOff(args: Call["args"]): Call["args"] {
  return args[0]?.startsWith("+") ? args.slice(1) : args;
}

function projectOf(
  context: BuildContext,
  folder: string,
): { readonly workspace: CargoWorkspace; readonly settings: CargoSettings } | { readonly blocked: string } | undefined {
  const workspace = cargoWorkspace(context, folder);
  if (workspace === undefined || "blocked" in workspace) return workspace;
  const settings = cargoSettings(context, folder);
  return "blocked" in settings ? settings : { workspace, settings };
}

/** Whether the lock, or a manifest where there is none, has packages from elsewhere. */
export function hasDownloads({ root, packages }: CargoWorkspace, context: BuildContext): boolean {
  const lock = context.read(inFolder(root, "Cargo.lock"));
  const locked = lock === undefined ? undefined : readToml(lock);
  if (locked) return /^source\s*=/m.test(lock ?? "");
  return packages.some(({ manifest }) =>
    [manifest, ...Object.values(tableAt(manifest, "target"))].some((table) =>
      ["dependencies", "dev-dependencies", "build-dependencies"].some((kind) =>
        Object.values(tableAt(table as Parameters<typeof tableAt>[0], kind)).some(
          (dependency) => !(typeof dependency === "object" && dependency !== null && "path" in dependency),
        ),
      ),
    ),
  );
}

function elsewhere({ options }: Arguments): Blocker {
  const option = [...options.keys()].find((name) => ELSEWHERE.test(name));
  if (option !== undefined) return `${option} may name other files`;
  return /\.json$/.test(options.get("--target") ?? "") ? `--target names ${options.get("--target")}` : undefined;
}

function environment(env: Surroundings["env"]): Blocker {
  const name = [...env.keys()].find((key) =>
    /^(CARGO_BUILD_TARGET|(CARGO_BUILD_)?RUSTC(_WRAPPER|_WORKSPACE_WRAPPER)?|CARGO_HTTP_CAINFO)$/.test(key),
  );
  const value = name === undefined ? "" : env.get(name);
  return name !== undefined && (value === undefined || (/^\.|[^/]\/|\.json$/.test(value) && !value.startsWith("/")))
    ? `${name} may name a file of the project`
    : undefined;
}

/** Below CARGO_HOME; and where rustup keeps a toolchain that a file chooses. */
function downloadFolders(env: Surroundings["env"], { choosesToolchain }: CargoSettings): string[] {
  const homes = env.has("CARGO_HOME")
    ? [env.get("CARGO_HOME") ?? "/usr/local/cargo"]
    : ["/usr/local/cargo", "~/.cargo"];
  const files = ["registry", "git", ".package-cache", ".package-cache-mutate", ".global-cache"];
  const toolchains = env.has("RUSTUP_HOME")
    ? [env.get("RUSTUP_HOME") ?? "/usr/local/rustup"]
    : ["/usr/local/rustup", "~/.rustup"];
  return [...homes.flatMap((home) => files.map((name) => `${home}/${name}`)), ...(choosesToolchain ? toolchains : [])];
}
