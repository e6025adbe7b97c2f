/** Where the model's image and the engine's differ. */
import { isDeepStrictEqual } from "node:util";
import type { ImageTree, TreeEntry } from "../../../src/engine/index.ts";
import type { Config, ConfigField } from "../../../src/image/config.ts";
import { isKnown, type StageImage, type Text, type Tree } from "../../../src/image/index.ts";
import { Accounts, type Meaning } from "./meaning.ts";

export type ImageConfig = Readonly<Record<string, unknown>>;

/** A base image as the model sees it, and as it is. */
export interface BaseImage {
  readonly model: Tree;
  readonly tree: ImageTree;
  readonly config: ImageConfig;
}

export interface Agreement {
  /** For people, one line each. */
  readonly differences: readonly string[];
  /** Comparisons of a value that the model knows. */
  readonly exact: number;
  /** Values that the model leaves open. */
  readonly symbolic: number;
}

/** Compares all that `image` says with the image that was built. */
export function agreementOf(
  image: StageImage,
  built: { readonly tree: ImageTree; readonly config: ImageConfig },
  base: BaseImage,
  meaning: Meaning,
): Agreement {
  const comparison = new Comparison(meaning);
  comparison.config(image.config, built.config, base.config);
  comparison.tree(image.tree, built.tree, base);
  return comparison;
}

class Comparison implements Agreement {
  readonly differences: string[] = [];
  exact = 0;
  symbolic = 0;
  readonly #meaning: Meaning;

  constructor(meaning: Meaning) {
    this.#meaning = meaning;
  }

  #compare(what: string, expected: unknown, actual: unknown): void {
    if (expected === undefined) {
      this.symbolic++;
      return;
    }
    this.exact++;
    if (!isDeepStrictEqual(expected, actual)) this.#differ(what, expected, actual);
  }

  #differ(what: string, expected: unknown, actual: unknown): void {
    this.differences.push(`${what}: the model says ${shown(expected)}, the image ${shown(actual)}`);
  }

  tree(model: Tree, actual: ImageTree, base: BaseImage): void {
    const accounts = new Accounts(fileIn(actual, "etc/passwd"), fileIn(actual, "etc/group"));
    const inBase = new Map<number, string>();
    for (const path of base.tree.entries.keys()) {
      const found = base.model.find(`/${path}`);
      if (!found.known) inBase.set(found.key, path);
    }
    const said = [...model.walk()].map(({ path }) => path.slice(1)).filter((path) => path !== "");
    for (const path of new Set([...actual.entries.keys(), ...said, ...base.tree.entries.keys()])) {
      const entry = actual.entries.get(path);
      const found = model.find(`/${path}`);
      if (!found.known) {
        const original = inBase.get(found.key);
        const atHome = base.model.find(`/${path}`);
        if (original !== undefined) this.#same(path, base.tree, original, actual);
        else if (!atHome.known && atHome.key === found.key)
          this.#compare(`/${path}`, "absent", entry?.type ?? "absent");
        else this.symbolic++;
        continue;
      }
      const expected = found.entry;
      if (!expected || !entry) {
        this.#compare(`/${path}`, expected ? typeOf(expected.kind) : "absent", entry?.type ?? "absent");
        continue;
      }
      if (expected.kind === "file" && entry.type === "symlink" && !isKnown(expected.mode)) {
        // Written to where nothing was known: through a link, if one was there.
        this.symbolic++;
        continue;
      }
      if (typeOf(expected.kind) !== entry.type) {
        this.#compare(`/${path}`, typeOf(expected.kind), entry.type);
        continue;
      }
      if (expected.kind === "ensured") {
        this.symbolic += 2;
        continue;
      }
      if (entry.type !== "symlink") this.#compare(`/${path}: mode`, this.#meaning.text(expected.mode), modeOf(entry));
      const owner = this.#meaning.text(expected.owner);
      this.#compare(`/${path}: owner`, owner === undefined ? undefined : accounts.numbersOf(owner), ownerOf(entry));
      if (entry.type === "symlink")
        this.#compare(`/${path}: target`, this.#meaning.text(expected.content), entry.target);
      if (entry.type === "file") this.#content(path, expected.content, actual);
    }
  }

  #content(path: string, content: Text, actual: ImageTree): void {
    const expected = this.#meaning.of(content);
    if (expected === undefined) {
      this.symbolic++;
      return;
    }
    this.exact++;
    const there = actual.read(path);
    if (!expected.equals(there)) this.#differ(`/${path}: content`, expected.toString(), there.toString());
  }

  #same(path: string, base: ImageTree, original: string, actual: ImageTree): void {
    const [expected, entry] = [base.entries.get(original)!, actual.entries.get(path)];
    this.#compare(`/${path}`, visible(expected), entry && visible(entry));
    if (expected.type !== "file" || entry?.type !== "file" || expected.identity === entry.identity) return;
    this.#compare(`/${path}: content`, true, base.hash(original) === actual.hash(path));
  }

  config(model: Config, actual: ImageConfig, base: ImageConfig): void {
    this.#env(model, (actual.Env ?? []) as string[], (base.Env ?? []) as string[]);
    const labels = { ...(base.Labels as object) };
    delete (labels as Record<string, unknown>)["refit.recipe"];
    const here = Object.entries((actual.Labels ?? {}) as Record<string, string>);
    this.#pairs(
      "LABEL",
      [...(Object.entries(labels) as [string, string][]), ...model.labels],
      here.filter(([name]) => !name.startsWith("refit.")),
    );
    this.#set(
      "EXPOSE",
      [...Object.keys(base.ExposedPorts ?? {}), ...model.ports],
      Object.keys(actual.ExposedPorts ?? {}),
    );
    this.#set("VOLUME", [...Object.keys(base.Volumes ?? {}), ...model.volumes], Object.keys(actual.Volumes ?? {}));
    const field = (name: ConfigField): unknown => {
      return model.fields.has(name) ? this.#meaning.text(model.fields.get(name) ?? "") : (base[name] ?? "");
    };
    for (const name of ["User", "WorkingDir", "StopSignal"] as const)
      this.#compare(name, field(name), actual[name] ?? "");
    for (const name of ["Cmd", "Entrypoint", "Shell"] as const) {
      const expected = field(name);
      const isText = typeof expected === "string" && expected !== "" && expected !== "none";
      const list = isText ? JSON.parse(expected) : expected === "none" ? "" : expected;
      // An empty list is not written down.
      this.#compare(name, isDeepStrictEqual(list, []) ? "" : list, actual[name] ?? "");
    }
    const health = model.fields.get("Healthcheck");
    if (health === undefined) this.#compare("HEALTHCHECK", base.Healthcheck ?? null, actual.Healthcheck ?? null);
    else this.symbolic++;
    this.#compare("ONBUILD", model.triggers, actual.OnBuild ?? []);
  }

  #env(model: Config, actual: readonly string[], base: readonly string[]): void {
    const pairs = (list: readonly string[]) =>
      list.map((text): [string, string] => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]);
    this.#pairs("ENV", [...pairs(base), ...model.env], pairs(actual));
  }

  #pairs(
    kind: string,
    expected: Iterable<readonly [string, Text]>,
    actual: readonly (readonly [string, string])[],
  ): void {
    const here = new Map(actual);
    const there = new Map<Text, Text>();
    for (const [name, value] of expected) {
      const known = this.#meaning.text(name);
      if (known === undefined) return void this.symbolic++;
      there.set(known, value);
    }
    for (const [name, value] of there)
      this.#compare(`${kind} ${name}`, this.#meaning.text(value), here.get(name) ?? null);
    for (const name of here.keys()) if (!there.has(name)) this.#differ(`${kind} ${name}`, null, here.get(name));
  }

  #set(kind: string, expected: readonly Text[], actual: readonly string[]): void {
    const known = expected.map((text) => this.#meaning.text(text));
    this.#compare(
      kind,
      known.every((text) => text !== undefined) ? [...new Set(known)].sort() : undefined,
      [...actual].sort(),
    );
  }
}

function typeOf(kind: string): TreeEntry["type"] {
  return kind === "link" ? "symlink" : kind === "ensured" ? "folder" : (kind as "file" | "folder");
}

function modeOf({ mode }: TreeEntry): string {
  return mode.toString(8);
}

function ownerOf({ uid, gid }: TreeEntry): string {
  return `${uid}:${gid}`;
}

function visible(entry: TreeEntry): unknown {
  return { type: entry.type, mode: modeOf(entry), owner: ownerOf(entry), target: entry.target };
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function fileIn(tree: ImageTree, path: string): string {
  return tree.entries.get(path)?.type === "file" ? tree.read(path).toString() : "";
}
