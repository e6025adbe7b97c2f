/** Do the modules that the container's Python imports resolve? */
import { posix } from "node:path";
import type { Image } from "../image.ts";
import type { Reference } from "../reference.ts";
import { programOfEnv } from "../scripts.ts";
import { programAt } from "../settings.ts";
import { type Start, startedFile, startsOf } from "../starts.ts";
import { type PythonImport, readPythonImports } from "./imports.ts";
import { pythonsOf } from "./resolve.ts";

/** One run of Python. */
interface Run {
  /** As it is written: a name or a path. */
  readonly interpreter: string;
  readonly cwd: string;
  readonly by: string;
  /** A file, or the names of modules that are imported first. */
  readonly file?: string;
  readonly modules: readonly string[];
}

/** Options that take the next word. */
const VALUED = new Set(["-W", "-X", "--check-hash-based-pycs"]);

/** Servers that are told the module of the app: `gunicorn app.main:app`. */
const APP = /^([A-Za-z_][\w.]*):[A-Za-z_][\w.()]*$/;

export function* pythonModules(after: Image): Iterable<Reference> {
  for (const start of startsOf(after)) {
    const run = runOf(after, start);
    if (run) yield* modulesOf(after, run);
  }
}

function runOf(image: Image, start: Start): Run | undefined {
  const { tool, words, cwd, by } = start;
  const modules = words.flatMap((word) => APP.exec(word ?? "")?.[1] ?? []);
  if (/^python[\d.]*$/.test(posix.basename(tool))) {
    for (let at = 0; at < words.length; at++) {
      const word = words[at];
      if (word === "-c" || word === undefined) return undefined;
      if (word === "-m") return { interpreter: tool, cwd, by, modules: [words[at + 1] ?? "", ...modules] };
      if (VALUED.has(word)) at++;
      else if (!word.startsWith("-")) return { interpreter: tool, cwd, by, file: posix.resolve(cwd, word), modules };
    }
    return undefined;
  }
  const file = startedFile(image, start);
  const line = (file && image.read(file, 256)?.toString("latin1"))?.split("\n", 1)[0] ?? "";
  const [program = "", ...rest] = line.startsWith("#!") ? line.slice(2).trim().split(/\s+/) : [];
  const interpreter = program.endsWith("/env") ? programOfEnv(rest) : program;
  if (file === undefined || !/(^|\/)python[\d.]*$/.test(interpreter ?? "")) return undefined;
  return { interpreter: interpreter!, cwd, by, file, modules };
}

function* modulesOf(after: Image, { interpreter, cwd, by, file, modules }: Run): Iterable<Reference> {
  // Of a script's own folder, links are followed; `-m` and servers look in the working folder.
  const first = (image: Image) => (file === undefined ? cwd : posix.dirname(image.real(file) ?? file));
  const find = (image: Image, module: string) => {
    const program = programAt(image, interpreter, cwd);
    if (program === undefined) return undefined;
    const python = pythonsOf(image)(program);
    return python.resolve(module, first(image)) ?? python.resolve(module, cwd);
  };
  const reference = (module: string, from: string): Reference => ({
    name: module,
    by: from,
    verb: from === by ? "starts" : "imports",
    resolve: (image) => find(image, module),
  });

  /** Files to read with the name of the module that each is. */
  const open: { readonly path: string; readonly module: string }[] = [];
  const seen = new Set<string>();
  const visit = function* (module: string, from: string): Iterable<Reference> {
    if (module === "" || seen.has(module)) return;
    seen.add(module);
    yield reference(module, from);
    const path = find(after, module);
    if (path?.endsWith(".py")) open.push({ path, module });
  };
  if (file !== undefined && after.isFile(file)) open.push({ path: file, module: "__main__" });
  for (const module of modules) {
    yield* visit(module, by);
    yield* visit(`${module}.__main__`, by);
  }
  for (const { path, module } of open) {
    const folder = /\/__init__\.py$/.test(path) ? module : module.split(".").slice(0, -1).join(".");
    for (const said of readPythonImports(after.text(path) ?? ""))
      for (const name of namesOf(said, folder)) yield* visit(name, path);
  }
}

/** All modules that one statement may load: each package on the way, and what is taken from the last one. */
function namesOf({ module, level, names }: PythonImport, folder: string): readonly string[] {
  const parents = folder === "" ? [] : folder.split(".");
  const base = level === 0 ? [] : parents.slice(0, parents.length - (level - 1));
  const whole = [...base, ...(module === "" ? [] : module.split("."))];
  const onTheWay = whole.map((_, index) => whole.slice(0, index + 1).join("."));
  return [...onTheWay, ...names.map((name) => [...whole, name].join("."))];
}
