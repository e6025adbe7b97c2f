/** The packages that Cargo reads for a command: those of a workspace, and what they name by path (src/workspace in Cargo's sources). */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { foldersAbove, inFolder } from "../blocked.ts";
import { isTable, readToml, stringsAt, type TomlTable, tableAt } from "../toml.ts";

export interface CargoPackage {
  /** In the context; "" is its root. */
  readonly folder: string;
  readonly manifest: TomlTable;
}

export interface CargoWorkspace {
  /** The folder with `Cargo.lock`. */
  readonly root: string;
  /** With the root's own manifest, which may be of no package. */
  readonly packages: readonly CargoPackage[];
}

type Blocked = { readonly blocked: string };

/** Undefined where there is no `Cargo.toml`. */
export function cargoWorkspace(context: BuildContext, folder: string): CargoWorkspace | Blocked | undefined {
  const found = rootOf(context, folder);
  if (found === undefined || "blocked" in found) return found;
  const { root } = found;
  const packages = new Map([[root, found.manifest]]);
  const waiting = [root];
  const add = (path: string, from: string): Blocked | undefined => {
    const at = posix.normalize(path).replace(/\/+$/, "").replace(/^\.$/, "");
    if (packages.has(at)) return undefined;
    const read = manifestIn(context, at);
    if (read === undefined) return { blocked: missing(context, at, inFolder(from, "Cargo.toml")) };
    if ("blocked" in read) return read;
    packages.set(at, read.manifest);
    waiting.push(at);
    return undefined;
  };
  for (const member of membersOf(context, found)) {
    const blocked = add(member, root);
    if (blocked) return blocked;
  }
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift())
    for (const path of pathsIn(packages.get(at) ?? {}, at === root, found.manifest)) {
      const target = path.ofRoot ? inFolder(root, path.text) : inFolder(at, path.text);
      const blocked = path.text.startsWith("/")
        ? { blocked: `${inFolder(at, "Cargo.toml")} names ${path.text}` }
        : add(target, at);
      if (blocked) return blocked;
    }
  const outside = [...packages.keys()].find((at) => root !== "" && at !== root && !at.startsWith(`${root}/`));
  const above = outside === undefined ? undefined : workspaceAbove(context, outside);
  if (above !== undefined) return { blocked: `${above} is a workspace that ${outside} may belong to` };
  return { root, packages: [...packages].map(([at, manifest]) => ({ folder: at, manifest })) };
}

function missing(context: BuildContext, folder: string, from: string): string {
  const path = inFolder(folder, "Cargo.toml");
  return context.ignores(path)
    ? `.dockerignore keeps out ${path}`
    : `${from} needs ${path}, which the build context lacks`;
}

function manifestIn(context: BuildContext, folder: string): { readonly manifest: TomlTable } | Blocked | undefined {
  const path = inFolder(folder, "Cargo.toml");
  const text = folder === ".." || folder.startsWith("../") ? undefined : context.read(path);
  if (text === undefined) return undefined;
  const manifest = readToml(text);
  return manifest ? { manifest } : { blocked: `${path} is no TOML` };
}

/** The manifest where Cargo finds the workspace of the package in `folder`. */
function rootOf(
  context: BuildContext,
  folder: string,
): { readonly root: string; readonly manifest: TomlTable } | Blocked | undefined {
  const own = manifestIn(context, folder);
  if (own === undefined) {
    const above = foldersAbove(folder).find((each) => context.has(inFolder(each, "Cargo.toml")));
    return above === undefined
      ? undefined
      : { blocked: `${inFolder(above, "Cargo.toml")} lies above the folder where cargo runs` };
  }
  if ("blocked" in own) return own;
  if (isTable(own.manifest.workspace)) return { root: folder, manifest: own.manifest };
  if (tableAt(own.manifest, "package").workspace !== undefined)
    return { blocked: `${inFolder(folder, "Cargo.toml")} names its workspace` };
  for (const above of foldersAbove(folder)) {
    const read = manifestIn(context, above);
    if (read === undefined) continue;
    if ("blocked" in read) return read;
    if (!isTable(read.manifest.workspace)) continue;
    const relative = posix.relative(above, folder);
    const excluded = stringsAt(tableAt(read.manifest, "workspace"), "exclude");
    return excluded.some((path) => relative === path || relative.startsWith(`${path}/`))
      ? { root: folder, manifest: own.manifest }
      : { root: above, manifest: read.manifest };
  }
  return { root: folder, manifest: own.manifest };
}

function workspaceAbove(context: BuildContext, folder: string): string | undefined {
  return [folder, ...foldersAbove(folder)]
    .map((each) => inFolder(each, "Cargo.toml"))
    .find((path) => /^\s*\[\s*workspace\b/m.test(context.read(path) ?? ""));
}

/** Folders of the context that `members` names. A glob takes those that have a manifest. */
function membersOf(context: BuildContext, { root, manifest }: { root: string; manifest: TomlTable }): string[] {
  const workspace = tableAt(manifest, "workspace");
  const excluded = stringsAt(workspace, "exclude").map((path) => inFolder(root, path.replace(/\/+$/, "")));
  const isExcluded = (folder: string) => excluded.some((path) => folder === path || folder.startsWith(`${path}/`));
  return stringsAt(workspace, "members").flatMap((pattern) => {
    const path = posix.normalize(inFolder(root, pattern)).replace(/\/+$/, "");
    if (!/[*?[]/.test(path)) return [path];
    return matching(context, path.split("/")).filter(
      (folder) => context.has(inFolder(folder, "Cargo.toml")) && !isExcluded(folder),
    );
  });
}

/** Folders by a glob, whose `**` stands for any folders. */
function matching(context: BuildContext, [first, ...rest]: readonly string[], folder = ""): string[] {
  if (first === undefined) return [folder];
  const folders = context.list(folder).filter((name) => context.isFolder(inFolder(folder, name)));
  if (first === "**")
    return [
      ...matching(context, rest, folder),
      ...folders.flatMap((name) => matching(context, [first, ...rest], inFolder(folder, name))),
    ];
  const source = first
    .replace(/[.+^$(){}|\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".")
    .replace(/\[!/g, "[^");
  const name = new RegExp(`^${source}$`);
  return folders.filter((each) => name.test(each)).flatMap((each) => matching(context, rest, inFolder(folder, each)));
}

const DEPENDENCIES = [
  "dependencies",
  "dev-dependencies",
  "dev_dependencies",
  "build-dependencies",
  "build_dependencies",
];

interface NamedPath {
  readonly text: string;
  /** Seen from the root: a package takes it over by `workspace = true`. */
  readonly ofRoot: boolean;
}

/** Paths that a manifest names packages by. */
function pathsIn(manifest: TomlTable, isRoot: boolean, root: TomlTable): NamedPath[] {
  const tables = [manifest, ...Object.values(tableAt(manifest, "target")).filter(isTable)];
  const shared = tableAt(root, "workspace", "dependencies");
  const dependencies = tables.flatMap((table) =>
    DEPENDENCIES.flatMap((kind) =>
      Object.entries(tableAt(table, kind)).flatMap(([name, dependency]) => {
        const ofRoot = isTable(dependency) && dependency.workspace === true;
        return pathOf(ofRoot ? shared[name] : dependency).map((text) => ({ text, ofRoot }));
      }),
    ),
  );
  const patches = isRoot ? patchesIn(manifest) : [];
  return [...dependencies, ...patches.map((text) => ({ text, ofRoot: false }))];
}

/** Paths of packages that stand in for others: those of `[patch]` and `[replace]`. */
export function patchesIn(manifest: TomlTable): string[] {
  const tables = [...Object.values(tableAt(manifest, "patch")), manifest.replace].filter(isTable);
  return tables.flatMap((table) => Object.values(table).flatMap(pathOf));
}

function pathOf(dependency: unknown): string[] {
  return isTable(dependency) && typeof dependency.path === "string" ? [dependency.path] : [];
}
