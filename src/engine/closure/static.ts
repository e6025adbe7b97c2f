/** Does a static program still find what it looks up, and may start? No loader tells of it: its own strings do, and Go's names of functions. */
import { posix } from "node:path";
import { ENGINE_FILES } from "../../shell/index.ts";
import { isElf } from "./elf/elf.ts";
import { loaderOf } from "./elf/loader.ts";
import type { Image } from "./image.ts";
import type { Reference } from "./reference.ts";
import { startedFile, startsOf } from "./starts.ts";

/** Bytes of the largest program that is read. */
const LARGEST = 1 << 28;

/** Of these one is linked in where Go starts another program, whatever package does it. */
const STARTING = ["syscall.forkExec", "syscall.Exec"];

/** Strings of Go have no ends: a path runs into what stands behind it. */
const PATHS = /(?=(\/(?:bin|sbin|usr|etc|var|lib|lib64|opt|run|home|srv|mnt)\/[\w.@+/-]{1,120}))/g;

/** Folders where programs write. */
const WRITABLE = /^\/(var|opt|run|home|srv|mnt)\//;

export function* staticPrograms(after: Image, before: Image): Iterable<Reference> {
  const files = startsOf(after).flatMap((start) => startedFile(after, start) ?? []);
  for (const by of new Set(files.map((file) => after.real(file)!))) {
    const size = after.entry(by)?.size ?? 0;
    if (size > LARGEST || !isStatic(by, after)) continue;
    const code = after.read(by)!.toString("latin1");
    const has = (name: string) => code.includes(`\0${name}\0`);
    const reference = (name: string, verb: string): Reference => ({
      ...{ name, by, verb },
      resolve: (image) => image.real(name),
    });
    // Packed, or of another language: nobody knows.
    if (!has("runtime.main") || STARTING.some(has)) yield reference("/bin/sh", "may start, as it may other programs");
    const sources = /\0(\/[^\0]*)\/src\/runtime\/proc\.go\0/.exec(code)?.[1];
    if (sources !== undefined && has("time.LoadLocation") && !code.includes("\0time/tzdata."))
      yield reference(`${sources}/lib/time/zoneinfo.zip`, "looks time zones up in");
    for (const path of pathsIn(code, before)) {
      // Where the compiler found sources, of Go and of the program.
      if (!/\.(go|s)$/.test(path) && !path.startsWith(`${sources}/`)) yield reference(path, "names");
    }
  }
}

function isStatic(path: string, image: Image): boolean {
  const elf = isElf(image.read(path, 4)!) ? loaderOf(image).elf(path) : undefined;
  return elf !== undefined && elf.interpreter === undefined && elf.needed.length === 0;
}

/** Files of the image that the program's strings name, and folders where a named file may come to lie. */
function pathsIn(code: string, image: Image): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of new Set([...code.matchAll(PATHS)].map(([, path]) => path!))) {
    const file = longest(text, (path) => isEntry(path, image) && image.isFile(path));
    if (file !== undefined) {
      if (!ENGINE_FILES.includes(file)) found.add(file);
    } else if (WRITABLE.test(text)) {
      let folder = posix.dirname(text);
      while (folder !== "/" && !image.isFolder(folder)) folder = posix.dirname(folder);
      if (folder !== "/") found.add(folder);
    }
  }
  return found;
}

function longest(text: string, fits: (prefix: string) => boolean): string | undefined {
  for (let end = text.length; end > 1; end--) if (fits(text.slice(0, end))) return text.slice(0, end);
  return undefined;
}

/** Whether its folder, by whatever links, has one of that name. The image is asked for folders alone, as it remembers each path. */
function isEntry(path: string, image: Image): boolean {
  const folder = image.real(posix.dirname(path));
  return folder !== undefined && image.tree.entries.has(posix.join(folder, posix.basename(path)).slice(1));
}
