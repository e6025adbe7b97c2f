/** Do the modules that the container's JavaScript imports, and files that it names, resolve? */
import { posix } from "node:path";
import { isUnasked, packageOf, readNodeWords } from "../../../ecosystems/index.ts";
import type { Image } from "../image.ts";
import type { Reference } from "../reference.ts";
import { type Start, startedFile, startsOf } from "../starts.ts";
import { type Import, readImports } from "./imports.ts";
import { resolverOf } from "./resolve.ts";

const CODE = /\.[cm]?[jt]sx?$/;

export function* nodeModules(after: Image): Iterable<Reference> {
  const seen = new Set<string>();
  for (const start of startsOf(after)) {
    const entries = [...entriesOf(after, start)];
    yield* entries;
    const open = entries.map((entry) => entry.resolve(after) ?? "");
    // The name of a main file may have no ending.
    const main = new Set(open);
    for (const file of open) {
      if (seen.has(file) || !(CODE.test(file) || main.has(file))) continue;
      seen.add(file);
      const said = new Map(
        readImports(after.text(file) ?? "", file).map((one) => [`${one.how} ${one.specifier}`, one]),
      );
      for (const one of said.values()) {
        if (isOptional(file, one.specifier)) continue;
        const reference = referenceOf(one, file, start.cwd);
        yield reference;
        if (one.how === "import" || one.how === "require") open.push(reference.resolve(after) ?? "");
      }
    }
  }
}

/** Whether a package looks for one that a built app does without: it loads a compiler for files in TypeScript, which there are none of. */
function isOptional(file: string, specifier: string): boolean {
  const by = packageOf(file.split("/node_modules/").slice(1).at(-1) ?? "");
  return by !== undefined && isUnasked(by, packageOf(specifier) ?? "");
}

/** What Node loads first. */
function* entriesOf(image: Image, start: Start): Iterable<Reference> {
  const { tool, words, cwd, by } = start;
  if (/^node(js)?$/.test(posix.basename(tool))) {
    const { file, modules } = readNodeWords(words);
    if (file !== undefined) {
      const path = posix.resolve(cwd, file);
      yield { name: file, by, verb: "starts", resolve: (image) => resolverOf(image).main(path) };
    }
    for (const { module } of modules) {
      const resolve = (image: Image) => resolverOf(image).resolve(module, `${cwd}/main`, "require");
      yield { name: module, by, verb: "starts", resolve };
    }
    return;
  }
  const path = startedFile(image, start);
  const head = path && image.read(path, 256)?.toString("latin1");
  if (head && /^#!.*\bnode\b/.test(head))
    yield { name: tool, by, verb: "starts", resolve: (image) => image.real(startedFile(image, start) ?? "/") };
}

function referenceOf({ specifier, how }: Import, file: string, cwd: string): Reference {
  if (how === "file" || how === "cwd") {
    const path = posix.resolve(how === "file" ? posix.dirname(file) : cwd, specifier);
    return { name: specifier, by: file, verb: "names", resolve: (image) => image.real(path) };
  }
  const resolve = (image: Image) => resolverOf(image).resolve(specifier, file, how);
  return { name: specifier, by: file, verb: "imports", resolve };
}
