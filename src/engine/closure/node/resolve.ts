/** Which file Node loads for the name of a module (Node's documentation, "Modules: CommonJS modules" and "ECMAScript modules"). */
import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { type JsonObject, objectOf } from "../../../context/index.ts";
import { type Image, perImage } from "../image.ts";
import { environmentOf } from "../settings.ts";
import { targetOf } from "./exports.ts";

type How = "import" | "require";

const CONDITIONS: Readonly<Record<How, ReadonlySet<string>>> = {
  import: new Set(["node", "import", "module-sync", "node-addons"]),
  require: new Set(["node", "require", "module-sync", "node-addons"]),
};

/** In the order in which they are tried. */
const EXTENSIONS = [".js", ".json", ".node"];

export const resolverOf = perImage((image) => new Resolver(image));

class Resolver {
  readonly #image: Image;
  readonly #manifests = new Map<string, JsonObject | undefined>();

  constructor(image: Image) {
    this.#image = image;
  }

  /**
   * The file that `specifier` means in the file `from`, links followed; undefined where there is none. A module of Node itself is its
   * own name.
   */
  resolve(specifier: string, from: string, how: How): string | undefined {
    const found = this.#module(specifier, from, how);
    return found === undefined || isBuiltin(found) ? found : this.#image.real(found);
  }

  /** The main file: `node server`. */
  main(path: string): string | undefined {
    const found = this.#asEither(path);
    return found === undefined ? undefined : this.#image.real(found);
  }

  #module(specifier: string, from: string, how: How): string | undefined {
    if (isBuiltin(specifier)) return specifier;
    const folder = posix.dirname(from);
    if (/^\.{0,2}\/|^\.{1,2}$|^file:/.test(specifier)) return this.#path(specifier, folder, how);
    if (specifier.startsWith("#")) return this.#internal(specifier, from, how);
    return this.#package(specifier, folder, how);
  }

  /** `how` chooses the conditions of `exports`, `lookup` what a package without them means. */
  #package(specifier: string, folder: string, how: How, lookup = how): string | undefined {
    const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
    if (name === undefined) return undefined;
    const key = `.${specifier.slice(name.length)}`;
    const own = this.#scope(folder);
    const manifest = own === undefined ? undefined : this.#manifest(own);
    if (own !== undefined && manifest?.name === name && isSet(manifest.exports))
      return this.#exported(own, manifest.exports, key, how);
    for (const modules of this.#folders(folder, lookup)) {
      const home = posix.join(modules, name);
      const exports = this.#manifest(home)?.exports;
      if (isSet(exports)) return this.#exported(home, exports, key, how);
      const path = posix.join(modules, specifier);
      if (lookup === "require") {
        const found = this.#asEither(path);
        // A folder whose `main` is missing ends the search.
        if (found !== undefined || this.#main(path) !== undefined) return found;
      } else if (this.#image.isFolder(home))
        return key === "." ? this.#asFolder(path) : this.#image.isFile(path) ? path : undefined;
    }
    return undefined;
  }

  #path(specifier: string, folder: string, how: How): string | undefined {
    if (how === "require") {
      // `.` can only mean a folder, as `./` does.
      const path = posix.resolve(folder, specifier);
      return this.#asEither(/(^|\/)\.{1,2}$/.test(specifier) || specifier.endsWith("/") ? `${path}/` : path);
    }
    const path = pathOfUrl(specifier, folder);
    return path !== undefined && this.#image.isFile(path) ? path : undefined;
  }

  #internal(specifier: string, from: string, how: How): string | undefined {
    const own = this.#scope(posix.dirname(from));
    const imports = own === undefined ? undefined : this.#manifest(own)?.imports;
    if (own === undefined || !isSet(imports)) return undefined;
    const target = targetOf(imports, specifier, CONDITIONS[how]);
    if (target === undefined) return undefined;
    if (target.startsWith("./")) return this.#fileOf(own, target);
    return isBuiltin(target) ? target : this.#package(target, own, how, "import");
  }

  /** Folders of packages, the nearest first. */
  *#folders(from: string, how: How): Iterable<string> {
    for (let folder = from; ; folder = posix.dirname(folder)) {
      if (posix.basename(folder) !== "node_modules") yield posix.join(folder, "node_modules");
      if (folder === "/") break;
    }
    if (how === "import") return;
    const env = environmentOf(this.#image);
    const home = env.get("HOME") ?? "/root";
    yield* (env.get("NODE_PATH") ?? "").split(":").filter((path) => path !== "");
    yield* [`${home}/.node_modules`, `${home}/.node_libraries`];
  }

  #exported(home: string, exports: unknown, key: string, how: How): string | undefined {
    const target = targetOf(exports, key, CONDITIONS[how]);
    return target === undefined ? undefined : this.#fileOf(home, target);
  }

  #fileOf(home: string, target: string): string | undefined {
    const path = posix.join(home, target);
    return this.#image.isFile(path) ? path : undefined;
  }

  /** A path with a slash at its end is a folder's. */
  #asEither(path: string): string | undefined {
    return (path.endsWith("/") ? undefined : this.#asFile(path)) ?? this.#asFolder(path);
  }

  #asFile(path: string): string | undefined {
    return ["", ...EXTENSIONS].map((extension) => path + extension).find((file) => this.#image.isFile(file));
  }

  #asFolder(path: string): string | undefined {
    if (!this.#image.isFolder(path)) return undefined;
    const named = this.#main(path);
    const found = named === undefined ? undefined : (this.#asFile(named) ?? this.#index(named));
    return found ?? this.#index(path);
  }

  /** What `main` of package.json names in a folder. */
  #main(folder: string): string | undefined {
    const main = this.#manifest(folder)?.main;
    return typeof main === "string" && main !== "" ? posix.join(folder, main) : undefined;
  }

  #index(folder: string): string | undefined {
    return EXTENSIONS.map((extension) => posix.join(folder, `index${extension}`)).find((file) =>
      this.#image.isFile(file),
    );
  }

  /** The folder of the package that `folder` belongs to. */
  #scope(folder: string): string | undefined {
    for (let at = folder; ; at = posix.dirname(at)) {
      if (posix.basename(at) === "node_modules") return undefined;
      if (this.#manifest(at)) return at;
      if (at === "/") return undefined;
    }
  }

  #manifest(folder: string): JsonObject | undefined {
    const path = posix.join(folder, "package.json");
    if (!this.#manifests.has(path)) this.#manifests.set(path, objectOf(this.#image.text(path)));
    return this.#manifests.get(path);
  }
}

function isSet(field: unknown): boolean {
  return field !== undefined && field !== null;
}

function pathOfUrl(specifier: string, folder: string): string | undefined {
  try {
    return fileURLToPath(new URL(specifier, `file://${folder}/`));
  } catch {
    return undefined;
  }
}
