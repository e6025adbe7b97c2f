/** What the model's symbols stand for, as far as the folder and the base image tell. */
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BuildContext } from "../../../src/context/index.ts";
import { isKnown, type Text } from "../../../src/image/index.ts";
import { contextTree } from "../../../src/image/sources.ts";

const SYMBOL = /\uE000[^\uE001]*\uE001/g;

/** Values of symbols: content and mode of what lies in the build context. */
export class Meaning {
  readonly #values = new Map<Text, () => Buffer>();

  constructor(context: BuildContext, folder: string) {
    for (const { path, entry } of contextTree(context).tree.walk()) {
      if (!entry) continue;
      const place = join(folder, path);
      this.#values.set(entry.mode, () => Buffer.from((lstatSync(place).mode & 0o7777).toString(8)));
      if (entry.kind === "file") this.#values.set(entry.content, () => readFileSync(place));
    }
  }

  /** Undefined where a part of it is not known. */
  of(text: Text): Buffer | undefined {
    if (isKnown(text)) return Buffer.from(text);
    const parts: Buffer[] = [];
    let at = 0;
    for (const match of text.matchAll(SYMBOL)) {
      const value = this.#values.get(match[0]);
      if (!value) return undefined;
      parts.push(Buffer.from(text.slice(at, match.index)), value());
      at = match.index + match[0].length;
    }
    return Buffer.concat([...parts, Buffer.from(text.slice(at))]);
  }

  text(text: Text): string | undefined {
    return this.of(text)?.toString("utf8");
  }
}

/** Users and groups of an image, to know owners by number. */
export class Accounts {
  readonly #users: ReadonlyMap<string, readonly string[]>;
  readonly #groups: ReadonlyMap<string, readonly string[]>;

  constructor(passwd: string, group: string) {
    this.#users = byName(passwd);
    this.#groups = byName(group);
  }

  /** `uid:gid` of an owner in the model's words; undefined where the image has no such name. */
  numbersOf(owner: Text): string | undefined {
    const [user = "", group = ""] = owner.split(":");
    const account = /^\d+$/.test(user)
      ? [...this.#users.values()].find(([, , uid]) => uid === user)
      : this.#users.get(user);
    const uid = /^\d+$/.test(user) ? user : account?.[2];
    const own = account?.[3] ?? (/^\d+$/.test(user) ? "0" : undefined);
    const gid = group === "=" ? own : /^\d+$/.test(group) ? group : this.#groups.get(group)?.[2];
    return uid === undefined || gid === undefined ? undefined : `${uid}:${gid}`;
  }
}

function byName(file: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    file
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split(":"))
      .map((fields) => [fields[0]!, fields]),
  );
}
