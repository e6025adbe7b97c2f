/** Which libraries the dynamic loader finds for a program or library, as ld.so(8) of glibc and the loader of musl do it. */
import { posix } from "node:path";
import { type Image, perImage } from "../image.ts";
import { environmentOf } from "../settings.ts";
import { readCache } from "./cache.ts";
import { type Elf, readElf } from "./elf.ts";

export interface Needed {
  /** Of the first that needs it. */
  readonly by: string;
  /** Undefined where it is not found. */
  readonly path: string | undefined;
}

interface Loaded {
  readonly path: string;
  readonly elf: Elf;
  /** What caused it to be loaded; undefined for the first. */
  readonly loader: Loaded | undefined;
}

/** Names by which musl's loader means itself. */
const MUSL_ITSELF = /^(libc\.musl-.+\.so\.\d+|lib(c|pthread|rt|m|dl|util|xnet)\.so)$/;

export const loaderOf = perImage((image) => new Loader(image));

class Loader {
  readonly #image: Image;
  readonly #elfs = new Map<string, Elf | undefined>();
  readonly #loads = new Map<string, ReadonlyMap<string, Needed>>();
  readonly #variable: readonly string[];
  readonly #preloaded: readonly string[];
  readonly #folders: readonly string[];
  readonly #musl: string | undefined;
  #cache: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(image: Image) {
    this.#image = image;
    const env = environmentOf(image);
    this.#variable = foldersIn(env.get("LD_LIBRARY_PATH") ?? "", /[:;]/);
    const preloaded = `${env.get("LD_PRELOAD") ?? ""} ${image.text("/etc/ld.so.preload") ?? ""}`;
    this.#preloaded = preloaded.split(/[\s:]+/).filter((name) => name !== "");
    const multiarch = ["/lib", "/usr/lib"].flatMap((folder) =>
      image.list(folder).flatMap((name) => (/-linux-(gnu|musl)\w*$/.test(name) ? [`${folder}/${name}`] : [])),
    );
    this.#folders = [...multiarch, "/lib64", "/usr/lib64", "/lib32", "/usr/lib32", "/lib", "/usr/lib"];
    this.#musl = image.list("/lib").find((name) => /^ld-musl-.*\.so\.1$/.test(name));
  }

  elf(path: string): Elf | undefined {
    const real = this.#image.real(path);
    if (real === undefined) return undefined;
    if (!this.#elfs.has(real))
      this.#elfs.set(
        real,
        readElf((start, size) => this.#image.read(real, size, start) ?? Buffer.alloc(0)),
      );
    return this.#elfs.get(real);
  }

  /** All that is loaded with the file at `path`, by the name under which it is needed. */
  load(path: string): ReadonlyMap<string, Needed> {
    const known = this.#loads.get(path) ?? this.#load(path);
    this.#loads.set(path, known);
    return known;
  }

  #load(path: string): ReadonlyMap<string, Needed> {
    const found = new Map<string, Needed>();
    const elf = this.elf(path);
    if (!elf) return found;
    const isMusl = this.#isMusl(elf);
    const first = elf.interpreter === undefined ? elf.needed : [...this.#preloaded, ...elf.needed];
    const queue: Loaded[] = [{ path, elf: { ...elf, needed: first }, loader: undefined }];
    const named = new Set<string>();
    // Breadth first, as the loader goes: what was loaded under a name serves all that need the name later.
    for (const loaded of queue) {
      for (const name of loaded.elf.needed) {
        if (found.has(name) || named.has(name)) continue;
        if (isMusl && MUSL_ITSELF.test(name)) continue;
        const place = this.#find(name, loaded, isMusl);
        found.set(name, { by: loaded.path, path: place });
        const library = place === undefined ? undefined : this.elf(place);
        if (place === undefined || !library) continue;
        if (library.soname !== undefined) named.add(library.soname);
        queue.push({ path: place, elf: library, loader: loaded });
      }
    }
    return found;
  }

  #isMusl({ interpreter, needed }: Elf): boolean {
    if (interpreter !== undefined) return interpreter.includes("ld-musl");
    return needed.some((name) => name.startsWith("libc.musl-")) || (!!this.#musl && !needed.includes("libc.so.6"));
  }

  #find(name: string, loaded: Loaded, isMusl: boolean): string | undefined {
    const { kind } = loaded.elf;
    const fits = (path: string) => this.elf(path)?.kind === kind;
    if (name.includes("/")) return fits(name) ? name : undefined;
    const inFolders = (folders: readonly string[]) => folders.map((folder) => `${folder}/${name}`).find(fits);
    if (isMusl) return inFolders([...this.#variable, ...inherited(loaded, true), ...this.#muslFolders()]);
    const { runpath } = loaded.elf;
    return (
      inFolders([
        ...(runpath.length > 0 ? [] : inherited(loaded, false)),
        ...this.#variable,
        ...runpath.flatMap((folder) => expanded(folder, loaded.path)),
      ]) ??
      this.#cached(name).find(fits) ??
      inFolders(this.#folders)
    );
  }

  #cached(name: string): readonly string[] {
    this.#cache ??= readCache(this.#image.read("/etc/ld.so.cache") ?? Buffer.alloc(0));
    return this.#cache.get(name) ?? [];
  }

  #muslFolders(): readonly string[] {
    const architecture = this.#musl?.slice("ld-musl-".length, -".so.1".length);
    const configured = this.#image.text(`/etc/ld-musl-${architecture}.path`);
    return configured === undefined ? ["/lib", "/usr/local/lib", "/usr/lib"] : foldersIn(configured, /[:\n]/);
  }
}

/** RPATH of the file and of all that led to it. musl knows no difference between RPATH and RUNPATH. */
function inherited({ path, elf, loader }: Loaded, isMusl: boolean): readonly string[] {
  const own = elf.runpath.length > 0 ? (isMusl ? elf.runpath : []) : elf.rpath;
  return [...own.flatMap((folder) => expanded(folder, path)), ...(loader ? inherited(loader, isMusl) : [])];
}

/** `$ORIGIN` is the folder of the file; `$LIB` depends on the distribution. */
function expanded(folder: string, path: string): readonly string[] {
  if (folder === "") return [];
  const origin = folder.replace(/\$(ORIGIN\b|\{ORIGIN\})/g, posix.dirname(path));
  const LIB = /\$(LIB\b|\{LIB\})/g;
  return LIB.test(origin) ? ["lib", "lib64", "lib/x86_64-linux-gnu"].map((lib) => origin.replace(LIB, lib)) : [origin];
}

function foldersIn(text: string, separator: RegExp): readonly string[] {
  return text
    .split(separator)
    .map((folder) => folder.trim())
    .filter((folder) => folder.startsWith("/"));
}
