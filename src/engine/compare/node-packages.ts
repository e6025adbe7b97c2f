/** Which packages in an image's node_modules are for development alone. */
import { posix } from "node:path";
import type { ImageTree } from "../types.ts";
import type { PathRule } from "./explain.ts";

const DEVELOPMENT = "development packages";

/** What npm, pnpm and Yarn write down about what they installed. */
const INVENTORY =
  /(^|\/)\.yarn\/install-state\.gz$|(^|\/)node_modules\/(\.package-lock\.json|\.modules\.yaml|\.package-map\.json|\.pnpm\/lock\.yaml|\.pnpm-workspace-state(-v\d+)?\.json|\.yarn-integrity|\.yarn-state\.yml)$/;

/** Bookkeeping of package managers, which no app reads. */
export const inventoryRule: PathRule = (path) => (INVENTORY.test(path) ? INVENTORIES : undefined);

export const INVENTORIES = "inventories of packages";

/** What lies in node_modules and belongs to a package that only development asks for. */
export function developmentPackages(before: ImageTree): PathRule {
  const packagesAt = perProject((root) => markedBy(before, root) ?? reachedFrom(before, root));
  return (path) => {
    const packages = packagesAt(path);
    return packages && isForDevelopment(path, packages, before) ? DEVELOPMENT : undefined;
  };
}

/** What lies in node_modules of a project in a folder of the app, all of it gone, where nothing that is left names it: builds put it into pages. */
export function packagesOfPages(before: ImageTree, after: ImageTree, isNamed: (path: string) => boolean): PathRule {
  const isLeft = perProject((root) => {
    const modules = inside(root, "node_modules");
    const isPart = root !== "" && jsonAt(before, inside(root, "package.json")) !== undefined;
    return (
      isPart && after.entries.has(inside(root, "package.json")) && !after.entries.has(modules) && !isNamed(modules)
    );
  });
  return (path) => (isLeft(path) ? "packages of pages" : undefined);
}

/** For each path in node_modules what `make` says of the project that they belong to, asked once. */
export function perProject<Value>(make: (root: string) => Value): (path: string) => Value | undefined {
  const projects = new Map<string, Value>();
  return (path) => {
    const root = /^(.*?\/?)node_modules(\/|$)/.exec(path)?.[1]?.replace(/\/$/, "");
    if (root === undefined) return undefined;
    if (!projects.has(root)) projects.set(root, make(root));
    return projects.get(root);
  };
}

interface Packages {
  /** Folders of packages that production needs. */
  readonly needed: ReadonlySet<string>;
  /** Of packages that it does not need; undefined for all others. */
  readonly expendable: ReadonlySet<string> | undefined;
}

function isForDevelopment(path: string, { needed, expendable }: Packages, tree: ImageTree): boolean {
  const isExpendable = (folder: string) => !needed.has(folder) && (expendable?.has(folder) ?? true);
  // pnpm and Bun keep a package and links to what it needs in a folder of their own.
  const own = /^.*?node_modules\/\.(?:pnpm|bun)\/[^/]+@[^/]+\/node_modules\//.exec(path)?.[0];
  if (own !== undefined) return ![...needed].some((folder) => folder.startsWith(own));
  const [, outside, program] = /^(.*?)\/?node_modules\/\.bin\/([^/]+)$/.exec(path) ?? [];
  if (program !== undefined) {
    const owner = packageFolder(outside!);
    if (owner !== undefined && isExpendable(owner)) return true;
    return ![...needed].some((folder) => programsOf(tree, folder).includes(program));
  }
  // What a package has in a `node_modules` that no manager made is its own: fixtures of its tests.
  for (const folder of packageFolders(linkedFolder(tree, path) ?? path)) {
    if (isExpendable(folder)) return true;
    if (needed.has(folder)) return false;
  }
  return false;
}

/** From the innermost package to the outermost. */
function packageFolders(path: string): readonly string[] {
  const folder = packageFolder(path);
  return folder === undefined ? [] : [folder, ...packageFolders(folder.slice(0, folder.lastIndexOf("node_modules/")))];
}

/** `a/node_modules/@x/y` of `a/node_modules/@x/y/index.js`: the innermost package. */
export function packageFolder(path: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^./@][^/]*/.exec(path)?.[0];
}

/** By npm's inventory; undefined without one. */
function markedBy(tree: ImageTree, root: string): Packages | undefined {
  const inventory = jsonAt(tree, inside(root, "node_modules/.package-lock.json"));
  const packages = inventory?.packages as Record<string, Record<string, unknown>> | undefined;
  if (!packages) return undefined;
  const [needed, expendable] = [new Set<string>(), new Set<string>()];
  // Of `devOptional` production has a use as well, and of what is `extraneous` npm knows nothing.
  for (const [path, { dev }] of Object.entries(packages)) (dev ? expendable : needed).add(inside(root, path));
  return { needed, expendable };
}

/** By what the project and its packages ask for, development dependencies left out; undefined without a package.json. */
function reachedFrom(tree: ImageTree, root: string): Packages | undefined {
  if (!jsonAt(tree, inside(root, "package.json"))) return undefined;
  const needed = new Set<string>();
  const waiting = [root, ...workspacesOf(tree, root)];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const name of needsOf(tree, folder)) {
      const found = resolve(tree, folder, name);
      if (found === undefined || needed.has(found)) continue;
      needed.add(found);
      waiting.push(found);
    }
  }
  return { needed, expendable: undefined };
}

/** Names of packages that the one in `folder` asks for when it runs. */
export function needsOf(tree: ImageTree, folder: string): readonly string[] {
  const manifest = jsonAt(tree, inside(folder, "package.json")) ?? {};
  const fields = ["dependencies", "optionalDependencies", "peerDependencies"];
  return fields.flatMap((field) => Object.keys((manifest[field] ?? {}) as object));
}

/** Projects that node_modules links to, outside of itself. */
export function workspacesOf(tree: ImageTree, root: string): string[] {
  const modules = inside(root, "node_modules");
  const links = [...tree.entries].filter(([path, { type }]) => type === "symlink" && path.startsWith(`${modules}/`));
  const targets = links.flatMap(([path]) => linkedFolder(tree, path) ?? []);
  return targets.filter((target) => !`/${target}`.includes("/node_modules/"));
}

/** As Node looks for it: in each node_modules on the way up, links followed. */
export function resolve(tree: ImageTree, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = posix.dirname(folder)) {
    const path = inside(folder === "." ? "" : folder, `node_modules/${name}`);
    const type = tree.entries.get(path)?.type;
    if (type === "folder") return path;
    if (type === "symlink") return linkedFolder(tree, path);
    if (folder === "" || folder === ".") return undefined;
  }
}

/** Where a symlink in node_modules leads. */
function linkedFolder(tree: ImageTree, path: string): string | undefined {
  const entry = tree.entries.get(path);
  if (entry?.type !== "symlink") return undefined;
  const target = posix.resolve("/", posix.dirname(path), entry.target).slice(1);
  return tree.entries.get(target)?.type === "folder" ? target : undefined;
}

/** Names that a package puts into `.bin`. */
export function programsOf(tree: ImageTree, folder: string): string[] {
  const { name, bin } = jsonAt(tree, inside(folder, "package.json")) ?? {};
  if (typeof bin === "string") return [String(name).replace(/^@[^/]+\//, "")];
  return Object.keys((bin ?? {}) as object);
}

function jsonAt(tree: ImageTree, path: string): Record<string, unknown> | undefined {
  if (tree.entries.get(path)?.type !== "file") return undefined;
  try {
    return JSON.parse(tree.read(path).toString());
  } catch {
    return undefined;
  }
}

function inside(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}

/** Whether npm's inventory lost entries of packages for development and is otherwise the same. */
export function isShortened(path: string, before: ImageTree, after: ImageTree): boolean {
  if (!INVENTORY.test(path)) return false;
  // Yarn's says where each package finds the others, as node_modules does, and is written with it.
  if (path.endsWith(".package-map.json")) return true;
  const [old, now] = [before, after].map((tree) => jsonAt(tree, path)?.packages as Record<string, unknown> | undefined);
  // Those of pnpm and Yarn say of themselves no more than that something was installed.
  if (!old || !now) return !path.endsWith(".package-lock.json");
  return Object.entries(now).every(([name, entry]) => JSON.stringify(entry) === JSON.stringify(old[name]));
}
