/** What Django's own commands make, as the settings of the project say it in plain words. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/index.ts";
import type { Call, Outputs } from "../types.ts";
import { isPython, moduleOf } from "./pip-options.ts";

/**
 * What `python manage.py collectstatic` and `compilemessages` leave (Django's pages "django-admin", "The staticfiles app"): files in
 * STATIC_ROOT, and messages beside those that they are compiled from. Undefined for other commands.
 */
export function djangoOutputs(call: Call, project: BuildContext): Outputs | undefined {
  const { module, at = 0 } = isPython(call) ? moduleOf(call) : { module: "" };
  const words = isManager(call) ? [call.path, ...call.args] : module === undefined ? call.args.slice(at) : [];
  const [file = "", command = "", ...rest] = words;
  const path = posix.normalize(file);
  const isDjango = posix.basename(path) === MANAGER && /\bdjango\b/.test(project.read(path) ?? "");
  if (!isDjango || rest.includes(undefined)) return undefined;
  if (command === "check") return { outputs: [] };
  if (command === "compilemessages") return { outputs: messagesIn(project) };
  if (command === "collectstatic") return staticRoot(project);
  return undefined;
}

/** Whether a call is one of the script that Django puts into a project, which runs itself. */
export function isManager({ tool, path }: Call): boolean {
  return tool === MANAGER && path.includes("/");
}

export const MANAGER = "manage.py";

/** Folders with translations: a compiled file lies beside each source. */
function messagesIn(project: BuildContext): readonly string[] {
  const sources = project.files().filter((path) => path.endsWith(".po"));
  return [...new Set(sources.map((path) => path.replace(/\/[^/]+\/LC_MESSAGES\/[^/]+$/, "")))];
}

function staticRoot(project: BuildContext): Outputs {
  const modules = project.files().filter((path) => path.endsWith(".py"));
  const values = modules.flatMap((path) => assigned("STATIC_ROOT", path, project).map((value) => ({ path, value })));
  const outputs = values.map(({ path, value }) => placeOf(value, path, modules, project));
  const known = outputs.filter((output) => output !== undefined && output !== "");
  if (known.length === 0 || known.length < outputs.length)
    return { unknown: "the settings of Django compute STATIC_ROOT, where `collectstatic` writes" };
  return { outputs: [...new Set(known as readonly string[])] };
}

/** What a module assigns to a name, each as it is written on one line. */
function assigned(name: string, path: string, project: BuildContext): readonly string[] {
  const found = (project.read(path) ?? "").matchAll(new RegExp(`^[ \\t]*${name}\\s*(?::[^=]*)?=\\s*([^#\\n]+)`, "gm"));
  return [...found].map(([, value = ""]) => value.trim());
}

const NAME = /^[A-Z]\w*$/;
const TEXT = /^["']([\w./-]+)["']$/;

/** The folder that an expression of paths names, relative to the project or absolute; undefined where it takes more than reading. */
function placeOf(
  value: string,
  path: string,
  modules: readonly string[],
  project: BuildContext,
  depth = 0,
): string | undefined {
  if (depth > 5) return undefined;
  const inner = /^str\((.*)\)$/.exec(value)?.[1] ?? value;
  const text = TEXT.exec(inner)?.[1];
  if (text !== undefined) return inside(text);
  const parts = /^(?:os\.path\.|path\.)?join\((.*)\)$/.exec(inner)?.[1]?.split(",") ?? inner.split(" / ");
  const [first = "", ...names] = parts.map((part) => part.trim()).filter((part) => part !== "");
  const folder = NAME.test(first) ? namedFolder(first, modules, project, depth) : folderOfModule(first, path);
  const below = names.map((name) => TEXT.exec(name)?.[1]);
  if (folder === undefined || below.includes(undefined)) return undefined;
  return inside(posix.join(folder, ...(below as readonly string[])));
}

/** The folder that all modules which assign `name` agree on. */
function namedFolder(
  name: string,
  modules: readonly string[],
  project: BuildContext,
  depth: number,
): string | undefined {
  const found = modules.flatMap((path) =>
    assigned(name, path, project).map((value) => placeOf(value, path, modules, project, depth + 1)),
  );
  const [folder, ...others] = new Set(found);
  return others.length === 0 ? folder : undefined;
}

/** `Path(__file__).resolve().parent.parent` and `os.path.dirname(os.path.dirname(os.path.abspath(__file__)))`. */
function folderOfModule(value: string, path: string): string | undefined {
  const parents =
    /^(?:pathlib\.)?Path\(__file__\)(?:\.(?:resolve\((?:strict=True)?\)|absolute\(\)))?((?:\.parent)+|\.parents\[\d\])$/.exec(
      value,
    )?.[1];
  const nested = /^((?:os\.path\.(?:dirname|abspath|realpath)\()+)__file__\)+$/.exec(value)?.[1];
  const index = /\[(\d)\]/.exec(parents ?? "")?.[1];
  const ups = index === undefined ? (parents ?? nested ?? "").match(/parent|dirname/g)?.length : Number(index) + 1;
  const folders = path.split("/");
  return ups === undefined || ups > folders.length ? undefined : folders.slice(0, -ups).join("/");
}

/** "" is the project itself; undefined outside of it where it is not absolute. */
function inside(path: string): string | undefined {
  const found = posix.normalize(path).replace(/\/$/, "").replace(/^\.$/, "");
  return found === ".." || found.startsWith("../") ? undefined : found;
}
