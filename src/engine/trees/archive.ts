/** What `docker save` and its kin write: layers of images and what tells them apart (docker-archive, OCI image layout). */
import { createReadStream, createWriteStream } from "node:fs";
import { join, posix } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { EngineError } from "../error.ts";
import { OpenFile } from "./open-file.ts";
import type { Layer } from "./stack.ts";
import { type Member, membersOf } from "./tar.ts";

/** The layers of one image of the archive, the lowest first. */
interface Listed {
  /** diff_ids, which name a layer whatever it is packed with. */
  readonly diffIds: readonly string[];
  /** Paths in the archive. */
  readonly layers: readonly string[];
}

export class Archive {
  readonly #file: OpenFile;
  readonly #scratch: string;
  readonly #members: ReadonlyMap<string, Member>;
  readonly #images: readonly Listed[];
  readonly #layers = new Map<string, Layer>();
  readonly #unpacked: OpenFile[] = [];

  /** `scratch` is a folder for layers that are unpacked. Throws an `EngineError` where `path` is no archive of images. */
  constructor(path: string, scratch: string) {
    this.#file = new OpenFile(path);
    this.#scratch = scratch;
    this.#members = new Map([...membersOf(this.#file, 0, this.#file.size)].map((found) => [found.path, found]));
    this.#images = this.#list();
  }

  /** Layers of the image that has these diff_ids, headers read, the lowest first. */
  async layers(diffIds: readonly string[]): Promise<Layer[]> {
    const image = this.#images.find((listed) => listed.diffIds.join() === diffIds.join());
    if (!image) throw new EngineError(`${this.#file.path} lacks an image that it was asked for`);
    const layers: Layer[] = [];
    for (const [index, path] of image.layers.entries()) {
      const digest = diffIds[index]!;
      const layer = this.#layers.get(digest) ?? (await this.#read(path, digest));
      this.#layers.set(digest, layer);
      layers.push(layer);
    }
    return layers;
  }

  close(): void {
    for (const file of [this.#file, ...this.#unpacked]) file.close();
  }

  #list(): Listed[] {
    const manifest = this.#json("manifest.json") as readonly {
      readonly Config: string;
      readonly Layers: string[] | null;
    }[];
    return manifest.map(({ Config, Layers }) => {
      const { rootfs } = this.#json(Config) as { readonly rootfs: { readonly diff_ids: readonly string[] | null } };
      return { diffIds: rootfs.diff_ids ?? [], layers: Layers ?? [] };
    });
  }

  #json(path: string): unknown {
    const { start, length } = this.#place(path);
    return JSON.parse(this.#file.read(start, length).toString());
  }

  /** Equal layers may be links to one another. */
  #place(path: string): { readonly start: number; readonly length: number } {
    const member = this.#members.get(posix.normalize(path));
    if (member?.type === "symlink") return this.#place(posix.join(posix.dirname(path), member.target));
    if (member?.type === "link") return this.#place(member.target);
    const [piece] = member?.pieces ?? [];
    if (!piece) throw new EngineError(`${this.#file.path} is no archive of images: it has no ${path}`);
    return { start: piece.from, length: piece.length };
  }

  async #read(path: string, digest: string): Promise<Layer> {
    const { start, length } = this.#place(path);
    const magic = this.#file.peek(start, 4);
    if (isZstd(magic)) throw new EngineError(`the layer ${digest} is packed with zstd, which refit does not read`);
    if (!isGzip(magic)) return { digest, file: this.#file, members: [...membersOf(this.#file, start, start + length)] };
    const file = await this.#unpack(start, length);
    return { digest, file, members: [...membersOf(file, 0, file.size)] };
  }

  async #unpack(start: number, length: number): Promise<OpenFile> {
    const path = join(this.#scratch, `layer-${this.#unpacked.length}.tar`);
    const packed = createReadStream(this.#file.path, { start, end: start + length - 1 });
    await pipeline(packed, createGunzip(), createWriteStream(path));
    const file = new OpenFile(path);
    this.#unpacked.push(file);
    return file;
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function isZstd(bytes: Buffer): boolean {
  return bytes.readUInt32BE() === 0x28b52ffd;
}
