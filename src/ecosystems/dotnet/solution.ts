/** Solutions: lists of projects. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { inFolder } from "../blocked.ts";
import { Blocked } from "../blocking.ts";
import { readXml, walk } from "../xml.ts";
import { slashes } from "./expressions.ts";

/** The type of a folder in a solution, which is none on disk. */
const FOLDER = "2150E333-8FDC-42A3-9474-1A3956D46DE8";

export function isSolution(path: string): boolean {
  return /\.slnx?$/i.test(path);
}

export function isProject(path: string): boolean {
  return /\.\w*proj$/i.test(path);
}

/** The projects of the solution at `path`, by their paths in the context. Throws `Blocked`. */
export function projectsOf(context: BuildContext, path: string): string[] {
  const text = context.read(path);
  const named = text === undefined ? undefined : path.endsWith("x") ? inXml(text) : inText(text);
  if (!named) throw new Blocked(`${path} can't be read`);
  return named.map((name) => {
    const project = posix.normalize(posix.join(posix.dirname(path), slashes(name)));
    if (project.startsWith("..")) throw new Blocked(`${path} has ${name}, outside of the build context`);
    if (!isProject(project)) throw new Blocked(`${path} has ${name}, which is no project file`);
    if (!context.has(project)) throw new Blocked(`the build context has no ${project}, which ${path} lists`);
    return project;
  });
}

/** Those of `projectsOf` that are built where the solution is built as `configuration`. Throws `Blocked` where it builds some as another one. */
export function builtIn(context: BuildContext, path: string, configuration: string): string[] {
  const text = context.read(path) ?? "";
  const isBuilt = (project: string) => {
    if (path.endsWith("x")) return /<(Build(Type)?|Configurations)\b/.test(text) ? undefined : true;
    const file = project.slice(project.lastIndexOf("/") + 1).replaceAll(".", "\\.");
    const id = new RegExp(`[\\\\/"]${file}"\\s*,\\s*"(\\{[\\w-]+\\})"`).exec(text)?.[1];
    const built = new RegExp(`^\\s*${id}\\.${configuration}\\|Any CPU\\.Build\\.0\\s*=\\s*(\\w*)`, "mi").exec(
      text,
    )?.[1];
    return built === undefined ? false : built.toLowerCase() === configuration.toLowerCase() || undefined;
  };
  return projectsOf(context, path).filter((project) => {
    const is = isBuilt(project);
    if (is === undefined) throw new Blocked(`${path} says itself how ${project} is built`);
    return is;
  });
}

/** The old format: `Project("{type}") = "name", "path", "{id}"`. */
function inText(text: string): string[] {
  const projects = text.matchAll(/^\s*Project\("\{([\w-]+)\}"\)\s*=\s*"[^"]*"\s*,\s*"([^"]*)"/gm);
  return [...projects].flatMap(([, type, path]) => (type?.toUpperCase() === FOLDER || !path ? [] : [path]));
}

function inXml(text: string): string[] | undefined {
  const root = readXml(text);
  if (!root) return undefined;
  return [...walk(root)].flatMap(({ name, attributes }) =>
    name === "Project" && attributes.Path ? [attributes.Path] : [],
  );
}

/** What `dotnet` takes where `path` is a folder: the solution and the project in it. Throws `Blocked` unless it is one. */
export function entryPoints(context: BuildContext, path: string): string[] {
  if (!context.isFolder(path)) {
    if (context.ignores(path)) throw new Blocked(`.dockerignore keeps out ${path}`);
    if (!context.has(path)) throw new Blocked(`the build context has no ${path}`);
    return [path];
  }
  const names = context.list(path);
  const [solutions, projects] = [names.filter(isSolution), names.filter(isProject)];
  const found = [...solutions, ...projects].map((name) => inFolder(path, name));
  if (found.length === 0) throw new Blocked(`the build context has no project in ${path || "its root"}`);
  if (solutions.length > 1 || projects.length > 1)
    throw new Blocked(`there is more than one project in ${path || "the root of the build context"}`);
  return found;
}
