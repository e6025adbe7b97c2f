/**
 * Has the container's Java the modules whose classes its archives name? Of a smaller Java alone, since all others have them. A class that
 * is looked up by its name when the program runs is seen by nobody.
 */
import { posix } from "node:path";
import { type Image, perImage } from "../image.ts";
import type { Reference } from "../reference.ts";
import { programAt } from "../settings.ts";
import { startedFile, startsOf } from "../starts.ts";
import { classesIn, isArchive } from "./archive.ts";
import { readClass } from "./class-file.ts";
import { packagesIn } from "./runtime-image.ts";

/** Bytes of the largest archive that is read. */
const LARGEST = 1 << 30;

/** Classes that draw texts look fonts up, by this file. */
const FONTS = "/etc/fonts/fonts.conf";
const DRAWS = /^java\/awt\/(Font(Metrics)?|Graphics(2D)?|font\/\w+)$/;

interface Java {
  readonly home: string;
  /** Modules by package. */
  readonly packages: ReadonlyMap<string, string>;
  readonly modules: ReadonlySet<string>;
}

export function* javaModules(after: Image, before: Image): Iterable<Reference> {
  const [old, now] = [javaOf(before), javaOf(after)];
  if (!old || !now) return;
  const fonts = before.isFile(FONTS) && !after.isFile(FONTS);
  if (!fonts && [...old.modules].every((module) => now.modules.has(module))) return;
  const found = new Set<string>();
  for (const [name, by] of namedIn(after, now.home)) {
    const module = old.packages.get(posix.dirname(name));
    if (module !== undefined && !now.modules.has(module) && !found.has(module)) {
      found.add(module);
      yield { name: `the module ${module}`, by, verb: "names", resolve: (image) => placeOf(image, module) };
    }
    if (fonts && DRAWS.test(name)) yield { name: FONTS, by, verb: "looks fonts up in", resolve: fileIn(FONTS) };
  }
}

/** Tells whether a path belongs to a Java of more modules than the new one has. What they bring beside classes is opened where it is there. */
export function leftOutOfJava(before: Image, after: Image): (path: string) => boolean {
  const [old, now] = [javaOf(before), javaOf(after)];
  const isLess = old !== undefined && now !== undefined && now.modules.size < old.modules.size;
  return (path) => isLess && path.startsWith(`${old.home}/`);
}

function fileIn(path: string): Reference["resolve"] {
  return (image) => image.real(path);
}

/** A place of its own for each module, so that each is told of. */
function placeOf(image: Image, module: string): string | undefined {
  const java = javaOf(image);
  return java?.modules.has(module) ? posix.join(java.home, module) : undefined;
}

/** The Java that the container starts; where that is not seen, the one that PATH names. */
const javaOf = perImage((image): Java | undefined => {
  const starts = startsOf(image).filter(({ tool }) => posix.basename(tool) === "java");
  for (const file of [...starts.map((start) => startedFile(image, start)), programAt(image, "java", "/")]) {
    const real = file === undefined ? undefined : image.real(file);
    const home = real && posix.dirname(posix.dirname(real));
    const packages = home && packagesIn(image, `${home}/lib/modules`);
    if (home && packages) return { home, packages, modules: new Set(packages.values()) };
  }
  return undefined;
});

/** Classes that the archives and class files outside of Java name and do not have, and which file names each first. */
function namedIn(image: Image, home: string): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  const own = new Set<string>();
  for (const [path, { type, size }] of image.entries()) {
    const isClass = path.endsWith(".class");
    if (type !== "file" || size > LARGEST || path.startsWith(`${home}/`) || !(isClass || isArchive(path))) continue;
    const content = image.read(path)!;
    for (const file of isClass ? [content] : classesIn(content)) {
      const { name, names } = readClass(file) ?? { name: undefined, names: [] };
      if (name !== undefined) own.add(name);
      for (const other of names) if (!named.has(other)) named.set(other, path);
    }
  }
  for (const name of own) named.delete(name);
  return named;
}
