/** Programs of this machine that run in any Linux container of its architecture: they bring their loader and libraries along. */
import { closeSync, constants, openSync, readSync } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { basename, delimiter, join } from "node:path";
import { type Elf, readElf } from "../closure/elf/elf.ts";
import { runProgram } from "../process.ts";
import type { TarEntry } from "./tar-writer.ts";

export interface Portable {
  /** Below the folder that it was asked for. */
  readonly files: readonly TarEntry[];
  /** The words before the program's arguments. */
  readonly command: readonly string[];
}

/** Names of architectures as images have them, by Node's. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** Why programs of this machine can't run in images of `platform` (`linux/amd64`); undefined where they can. */
export function foreign(imagePlatform: string): string | undefined {
  const own = `${platform()}/${ARCHITECTURES[arch()] ?? arch()}`;
  const [os, architecture] = imagePlatform.split("/");
  return `${os}/${architecture}` === own ? undefined : `this machine is ${own}, the image ${imagePlatform}`;
}

/** The program in the folder `folder` of a container, a path without a slash at the front. Undefined where its libraries are not found. */
export async function portable(program: string, folder: string): Promise<Portable | undefined> {
  const elf = elfOf(program);
  const loaded = elf && (await loadedWith(program, elf));
  if (loaded === undefined) return undefined;
  const inside = (path: string) => `${folder}/${basename(path)}`;
  const file = async (path: string) => ({ path: inside(path), mode: 0o755, content: await readFile(path) });
  const [loader] = loaded;
  return {
    files: [{ path: folder, mode: 0o755 }, ...(await Promise.all([program, ...loaded].map(file)))],
    command: [
      ...(loader === undefined ? [] : [`/${inside(loader)}`, "--library-path", `/${folder}`]),
      `/${inside(program)}`,
    ],
  };
}

/** Its loader and its libraries; nothing for a static program. */
async function loadedWith(program: string, { interpreter }: Elf): Promise<readonly string[] | undefined> {
  if (interpreter === undefined) return [];
  // glibc's loader and musl's both list what they would load, and glibc's itself among it.
  const { code, stdout } = await runProgram(interpreter, ["--list", program], { env: {}, timeout: 10 });
  const libraries = [...String(stdout).matchAll(/=> (\/\S+)/g)].map(([, path]) => path!);
  return code === 0
    ? [interpreter, ...libraries.filter((path) => basename(path) !== basename(interpreter))]
    : undefined;
}

function elfOf(program: string): Elf | undefined {
  const file = openSync(program, "r");
  try {
    return readElf((start, size) => {
      const bytes = Buffer.alloc(size);
      return bytes.subarray(0, readSync(file, bytes, 0, size, start));
    });
  } finally {
    closeSync(file);
  }
}

/** The path of a program in one of the folders (as `PATH` lists them). */
export async function inPath(name: string, folders: string): Promise<string | undefined> {
  for (const folder of folders.split(delimiter)) {
    const path = join(folder, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}
