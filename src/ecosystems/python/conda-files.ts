/** Files that conda, mamba and micromamba install from: `environment.yml`, and lists of packages. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { unread } from "../blocked.ts";
import type { Surroundings } from "../types.ts";
import { shadowed } from "./modules.ts";
import { requirementFiles } from "./requirements.ts";

type Files = { readonly files: readonly string[]; readonly writes: readonly string[] } | { readonly blocked: string };

interface Environment {
  readonly channels: readonly string[];
  readonly packages: readonly string[];
  /** Lines of a requirements file. */
  readonly pip: readonly string[];
  readonly prefix: string | undefined;
}

/** What `file`, relative to `folder`, leads to. */
export function condaFile(context: BuildContext, folder: string, file: string, surroundings: Surroundings): Files {
  const path = posix.join(folder, file);
  const text = context.read(path);
  if (text === undefined) return { blocked: unread(context, path) };
  if (!/\.ya?ml$/.test(file)) return listOf(text, file, path);
  const environment = readEnvironment(text);
  if (!environment) return { blocked: `${path} has more than names, channels and dependencies` };
  const { channels, packages, pip, prefix } = environment;
  const channel = channels.find((name) => !/^(https?:\S+|[\w-]+(\/[\w.-]+)*)$/.test(name));
  if (channel !== undefined) return { blocked: `${path} takes packages from ${channel}` };
  const local = packages.find((name) => !isRemote(name));
  if (local !== undefined) return { blocked: `${path} installs ${local}` };
  if (prefix !== undefined && !prefix.startsWith("/")) return { blocked: `${path} sets prefix` };
  if (pip.length === 0) return { files: [file], writes: [] };

  // conda runs `python -m pip` in the folder of the file.
  const [home, name] = [posix.dirname(path).replace(/^\.$/, ""), posix.basename(path)];
  const cwd = surroundings.cwd === undefined ? undefined : posix.join(surroundings.cwd, posix.dirname(file));
  const module = shadowed(context, home, { ...surroundings, cwd }, { fromFolder: true });
  if (module !== undefined) return { blocked: `python -m pip would import ${module} of the project` };
  const found = requirementFiles(context, home, [name], new Map([[name, pip.join("\n")]]));
  if ("blocked" in found) return found;
  const below = (paths: readonly string[]) => paths.map((each) => posix.join(posix.dirname(file), each));
  return { files: [file, ...below(found.files)], writes: below(found.writes) };
}

/** One package a line, or addresses behind `@EXPLICIT`. */
function listOf(text: string, file: string, path: string): Files {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*/, "").trim());
  const local = lines.find((line) => line !== "" && line !== "@EXPLICIT" && !/^https?:/.test(line) && !isRemote(line));
  return local === undefined ? { files: [file], writes: [] } : { blocked: `${path} installs ${local}` };
}

/** A package by its name, with a channel or versions. */
function isRemote(name: string): boolean {
  return /^([\w./-]+::)?[\w.-]+(\[.*\])?\s*([\s=<>!~*].*)?$/.test(name) && !/^[./~]|\.(conda|tar\.bz2)$/.test(name);
}

/** A file of the usual shape; undefined for any other. Not all of YAML is read: what is not known here is declined. */
function readEnvironment(text: string): Environment | undefined {
  const environment = { channels: [] as string[], packages: [] as string[], pip: [] as string[] };
  let prefix: string | undefined;
  let section = "";
  let pipAt: number | undefined;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, "").trimEnd();
    if (line.trim() === "" || line === "---") continue;
    const [, key, value = ""] = /^(\w+):\s*(.*)$/.exec(line) ?? [];
    if (key !== undefined) {
      if (!/^(name|channels|dependencies|prefix|variables)$/.test(key)) return undefined;
      section = key;
      pipAt = undefined;
      if (key === "prefix") prefix = unquoted(value);
      if (value !== "" && key !== "name" && key !== "prefix") return undefined;
      continue;
    }
    if (section === "variables" && /^\s+\w+:\s*[^|>&*]*$/.test(line)) continue;
    const [, indent = "", item] = /^(\s*)- (.*)$/.exec(line) ?? [];
    const name = item === undefined ? undefined : plainScalar(item.trim());
    if (name === undefined) return undefined;
    if (pipAt !== undefined && indent.length > pipAt) environment.pip.push(name);
    else if (section === "dependencies" && name === "pip:") pipAt = indent.length;
    else if (section === "dependencies" || section === "channels") {
      pipAt = undefined;
      environment[section === "channels" ? "channels" : "packages"].push(name);
    } else return undefined;
  }
  return { ...environment, prefix };
}

/** Undefined for what YAML reads in another way than as it is. */
function plainScalar(text: string): string | undefined {
  if (/^(".*"|'.*')$/.test(text)) return /[\\]|''/.test(text) ? undefined : text.slice(1, -1);
  return /^[&*!|>{[%@`?"']/.test(text) || (/:(\s|$)/.test(text) && text !== "pip:") ? undefined : text;
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, "$2");
}
