/** Which packages of a workspace a command line asks for, and what of them (The Cargo Book, Workspaces). */
import { type BuildContext, type Unknown, unknown, within } from "../../context/index.ts";
import { inFolder } from "../blocked.ts";
import type { Arguments } from "../call.ts";
import { stringsAt, type TomlTable, tableAt } from "../toml.ts";
import type { Call } from "../types.ts";
import type { Selection } from "./programs.ts";
import type { CargoPackage, CargoWorkspace } from "./workspace.ts";

export function selectionOf(call: Call, { options }: Arguments): Selection | Unknown {
  const bins = valuesOf(call.args, "--bin");
  const features = [...valuesOf(call.args, "--features"), ...valuesOf(call.args, "-F")];
  if (bins.includes(undefined) || features.includes(undefined))
    return unknown("which programs or features cargo builds is only known to the shell");
  const others = ["--lib", "--example", "--examples", "--test", "--tests", "--bench", "--benches"];
  const isOther = others.some((name) => options.has(name)) && !options.has("--bins");
  return {
    bins: bins.length > 0 || isOther ? (bins as string[]) : undefined,
    features: (features as string[]).flatMap((value) => value.split(/[\s,]+/)).map((name) => name.replace(/^.*\//, "")),
    allFeatures: options.has("--all-features"),
    noDefaultFeatures: options.has("--no-default-features"),
  };
}

/** Those that `-p` names, all of the workspace, or what its root stands for. */
export function selectedPackages(
  call: Call,
  { options }: Arguments,
  { root, packages }: CargoWorkspace,
  project: BuildContext,
): { readonly packages: readonly CargoPackage[] } | Unknown {
  const named = [...valuesOf(call.args, "-p"), ...valuesOf(call.args, "--package")];
  const nameOf = ({ manifest }: CargoPackage) => tableAt(manifest, "package").name;
  if (named.length > 0) {
    const found = named.map((name) => packages.find((one) => nameOf(one) === name));
    const missing = found.indexOf(undefined);
    return missing < 0
      ? { packages: found as CargoPackage[] }
      : unknown(`the package ${named[missing] ?? ""} is not one of the project`);
  }
  const own = packages.find(({ folder }) => folder === root);
  const workspace = tableAt(own?.manifest ?? {}, "workspace");
  const defaults = stringsAt(workspace, "default-members");
  const members = packages.filter(({ folder, manifest }) => isMember(folder, root, workspace) && manifest.package);
  if (!options.has("--workspace") && !options.has("--all")) {
    if (defaults.some((path) => /[*?[]/.test(path))) return unknown("default-members of the workspace has a pattern");
    if (defaults.length > 0) {
      const folders = defaults.map((path) => within("", path));
      return { packages: packages.filter(({ folder }) => folders.includes(folder)) };
    }
    if (own?.manifest.package !== undefined) return { packages: [own] };
  }
  const excluded = valuesOf(call.args, "--exclude");
  if (excluded.some((name) => name === undefined || /[*?[]/.test(name))) return unknown("--exclude has a pattern");
  return members.length > 0 && project.has("Cargo.toml")
    ? { packages: members.filter((one) => !excluded.includes(String(nameOf(one)))) }
    : unknown("the packages of the workspace are not known");
}

function isMember(folder: string, root: string, workspace: TomlTable): boolean {
  const excluded = stringsAt(workspace, "exclude").map((path) => inFolder(root, path.replace(/\/+$/, "")));
  return !excluded.some((path) => folder === path || folder.startsWith(`${path}/`));
}

/** All values of an option that may be given several times. */
function valuesOf(args: Call["args"], option: string): readonly (string | undefined)[] {
  return args.flatMap((word, index) => {
    if (word === option) return [args[index + 1]];
    return word?.startsWith(`${option}=`) ? [word.slice(option.length + 1)] : [];
  });
}
