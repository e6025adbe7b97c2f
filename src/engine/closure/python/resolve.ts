/** Which file Python loads for the name of a module (importlib's path finder). */
import { type Image, perImage } from "../image.ts";
import { editableModules, searchPathOf } from "./path.ts";

export const pythonsOf = perImage((image) => {
  const known = new Map<string, Python>();
  return (program: string): Python => {
    const python = known.get(program) ?? new Python(image, program);
    known.set(program, python);
    return python;
  };
});

export class Python {
  readonly #image: Image;
  readonly #path: readonly string[];
  readonly #editable: ReadonlyMap<string, string>;
  readonly #names = new Map<string, ReadonlySet<string>>();

  constructor(image: Image, program: string) {
    this.#image = image;
    this.#path = searchPathOf(image, program);
    this.#editable = new Map(this.#path.flatMap((folder) => [...editableModules(image, folder)]));
  }

  /**
   * The file of `module`: a package's `__init__.py`, a module in Python or an extension; the folder itself of a package without
   * `__init__.py`. `first` is searched before all others: the folder of the script.
   */
  resolve(module: string, first: string): string | undefined {
    const [top = "", ...rest] = module.split(".");
    const placed = this.#editable.get(top);
    let found = placed === undefined ? this.#find(top, [first, ...this.#path]) : this.#named(placed);
    for (const name of rest)
      found = this.#find(
        name,
        found.flatMap((file) => this.#packageFolder(file) ?? []),
      );
    return found[0];
  }

  /** The folder in which the modules of a package lie; undefined for a plain module. */
  #packageFolder(file: string): string | undefined {
    if (this.#image.isFolder(file)) return file;
    return /\/__init__\.(py|pyc|[\w.-]*so)$/.test(file) ? file.slice(0, file.lastIndexOf("/")) : undefined;
  }

  /** One file; or all folders of the name, which are one package together where no folder has a file of the name. */
  #find(name: string, folders: readonly string[]): readonly string[] {
    for (const folder of folders) {
      const file = this.#file(folder, name);
      if (file !== undefined) return [file];
    }
    return folders.map((folder) => `${folder}/${name}`).filter((folder) => this.#image.isFolder(folder));
  }

  /** An editable install gives the package's folder or the module's file. */
  #named(path: string): readonly string[] {
    const folder = path.slice(0, path.lastIndexOf("/"));
    const name = path.slice(folder.length + 1).replace(/\.py$/, "");
    return this.#find(name, [folder]);
  }

  #file(folder: string, name: string): string | undefined {
    const names = this.#namesIn(folder);
    if (names.has(name)) {
      const inner = this.#inFolder(`${folder}/${name}`, "__init__");
      if (inner !== undefined) return inner;
    }
    return this.#inFolder(folder, name);
  }

  #inFolder(folder: string, name: string): string | undefined {
    const names = this.#namesIn(folder);
    const extension = [...(names.size > 0 ? names : [])].find(
      (file) => file.startsWith(`${name}.`) && /^\.((cpython|pypy|abi)[\w-]*\.)?so$/.test(file.slice(name.length)),
    );
    const file = extension ?? [`${name}.py`, `${name}.pyc`].find((one) => names.has(one));
    return file !== undefined && this.#image.isFile(`${folder}/${file}`) ? `${folder}/${file}` : undefined;
  }

  #namesIn(folder: string): ReadonlySet<string> {
    const known = this.#names.get(folder) ?? new Set(this.#image.list(folder));
    this.#names.set(folder, known);
    return known;
  }
}
