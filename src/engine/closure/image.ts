/** An image as its own programs see it: paths with a slash at the front, symlinks followed inside the image. */
import { posix } from "node:path";
import type { ImageInfo, ImageTree, TreeEntry } from "../types.ts";

/** The kernel gives up after as many links (path_resolution(7)). */
const MOST_LINKS = 40;

const ROOT: TreeEntry = { type: "folder", mode: 0o755, uid: 0, gid: 0, size: 0, target: "", identity: "/" };

export class Image {
  readonly tree: ImageTree;
  readonly config: ImageInfo["config"];
  readonly #real = new Map<string, string | undefined>();
  readonly #texts = new Map<string, string>();
  #names: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(tree: ImageTree, config: ImageInfo["config"]) {
    this.tree = tree;
    this.config = config;
  }

  /** All entries by path. */
  *entries(): Iterable<readonly [string, TreeEntry]> {
    for (const [path, entry] of this.tree.entries) yield [`/${path}`, entry];
  }

  /** The path of what lies at the absolute `path`, without links on the way; undefined where nothing does. */
  real(path: string): string | undefined {
    const known = this.#real.get(path);
    if (known !== undefined || this.#real.has(path)) return known;
    const real = this.#follow(path);
    this.#real.set(path, real);
    return real;
  }

  /** What lies at the end of `path`, links followed. */
  entry(path: string): TreeEntry | undefined {
    const real = this.real(path);
    return real === undefined ? undefined : this.#at(real);
  }

  isFile(path: string): boolean {
    return this.entry(path)?.type === "file";
  }

  isFolder(path: string): boolean {
    return this.entry(path)?.type === "folder";
  }

  /** Undefined where no file is. */
  read(path: string, limit?: number, start?: number): Buffer | undefined {
    const real = this.real(path);
    if (real === undefined || this.#at(real)?.type !== "file") return undefined;
    return this.tree.read(real.slice(1), limit, start);
  }

  /** Undefined where no file is, or one over 16 MB. */
  text(path: string): string | undefined {
    const real = this.real(path);
    const known = this.#texts.get(real ?? "");
    if (real === undefined || known !== undefined) return known;
    const entry = this.#at(real);
    if (entry?.type !== "file" || entry.size > 1 << 24) return undefined;
    const text = this.tree.read(real.slice(1)).toString();
    this.#texts.set(real, text);
    return text;
  }

  /** Names of what lies directly in a folder. */
  list(folder: string): readonly string[] {
    this.#names ??= namesByFolder(this.tree.entries.keys());
    const real = this.real(folder);
    return (real !== undefined && this.#names.get(real)) || [];
  }

  #at(real: string): TreeEntry | undefined {
    return real === "/" ? ROOT : this.tree.entries.get(real.slice(1));
  }

  #follow(path: string): string | undefined {
    const rest = path.split("/").reverse();
    let links = 0;
    let at = "";
    while (rest.length > 0) {
      const name = rest.pop()!;
      if (name === "" || name === ".") continue;
      if (name === "..") {
        at = at.slice(0, at.lastIndexOf("/"));
        continue;
      }
      const next = `${at}/${name}`;
      const entry = this.tree.entries.get(next.slice(1));
      if (!entry) return undefined;
      if (entry.type === "symlink") {
        if (++links > MOST_LINKS) return undefined;
        if (entry.target.startsWith("/")) at = "";
        rest.push(...entry.target.split("/").reverse());
      } else if (entry.type !== "folder" && rest.length > 0) return undefined;
      else at = next;
    }
    return at || "/";
  }
}

function namesByFolder(paths: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const path of paths) {
    const folder = posix.dirname(`/${path}`);
    const known = names.get(folder);
    if (known) known.push(posix.basename(path));
    else names.set(folder, [posix.basename(path)]);
  }
  return names;
}

/** Makes something once for each image. */
export function perImage<Value>(make: (image: Image) => Value): (image: Image) => Value {
  const made = new WeakMap<Image, { readonly value: Value }>();
  return (image) => {
    const known = made.get(image) ?? { value: make(image) };
    made.set(image, known);
    return known.value;
  };
}
