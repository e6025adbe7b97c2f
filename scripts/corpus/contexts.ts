/** Made-up build contexts: the files that a Dockerfile copies, and minimal projects where its commands look for them. */
import { posix } from "node:path";
import { type BuildContext, memoryContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import type { Invocation } from "../../src/ecosystems/index.ts";
import { npmMajor } from "../../src/ecosystems/node/versions.ts";
import {
  baseOf,
  type ContextCopy,
  contextCopiesOf,
  factsOf,
  isWithin,
  type ProjectCall,
  projectCall,
  type Stage,
} from "../../src/image/index.ts";
import { projectFiles, textNamed } from "../../test/generators/minimal-projects.ts";

type Files = Record<string, string>;

export function madeUpContext(source: string): BuildContext {
  const dockerfile = parseDockerfile(source);
  const files: Files = { ".dockerignore": ".git\nnode_modules\nobj\nbin\ntarget\nvendor\n_build\ndeps\n.venv\n" };
  const { stages } = factsOf(dockerfile);
  for (const stage of stages) {
    const copies = contextCopiesOf(dockerfile, stage.steps);
    for (const { sources = [] } of copies) for (const each of sources) addSource(files, each);
    for (const { invocation, folder, step } of callsOf(stage)) {
      const copyTo = (path: string) =>
        copies.findLast((copy) => copy.step.index < step.index && isWithin(path, copy.destination?.path ?? "\0"));
      const copy = folder === undefined ? undefined : copyTo(folder);
      const at = copy ? placeIn(copy, folder!) : "";
      for (const [name, text] of Object.entries(
        projectFiles(invocation, npmMajor({ ...step.before, base: baseOf(stage, stages) })),
      ))
        add(files, posix.join(at, name), text);
      for (const path of absoluteFiles(invocation)) {
        const owner = copyTo(posix.dirname(path));
        if (owner) add(files, placeIn(owner, path), textNamed(posix.basename(path)));
      }
    }
  }
  add(files, "src/index.ts", textNamed("index.ts"));
  return memoryContext(files);
}

function callsOf(stage: Stage): ProjectCall[] {
  return stage.steps.flatMap((step) =>
    step.invocations
      .filter(({ purpose }) => purpose === "dependencies" || purpose === "build")
      .map((invocation) => projectCall(step, invocation)),
  );
}

/** Files that a command names by where they are in the image. */
function absoluteFiles({ call }: Invocation): string[] {
  return call.args.filter((word) => word !== undefined && /^\/[\w./-]+\.(txt|pip|in)$/.test(word)) as string[];
}

/** What of the context a copy brings to `path` in the image. */
function placeIn({ sources, destination }: ContextCopy, path: string): string {
  const [first = "."] = sources ?? [];
  const isFile = /\*|\.\w+$/.test(posix.basename(first)) || posix.basename(first) in KNOWN_FILES;
  const source = isFile ? posix.dirname(first) : first;
  const below = posix.relative(destination?.path ?? "/", path);
  return posix.join("/", source, below).slice(1);
}

const KNOWN_FILES: Readonly<Record<string, true>> = {
  Gemfile: true,
  Pipfile: true,
  Makefile: true,
  gradlew: true,
  mvnw: true,
};

/** What COPY names: a file where it is spelled like one, else a folder with a file in it. Of patterns only those that name a file by its end. */
function addSource(files: Files, source: string): void {
  const path = posix.join("/", source).slice(1).replace(/\/$/, "");
  if (path === "" || /:\/\//.test(source)) return;
  const name = posix.basename(path);
  if (/[*?[\]]/.test(path)) {
    const filled = path.replace(/\*+/g, "").replace(/[?[\]]/g, "");
    if (/\.\w+$/.test(filled) && !filled.includes("//")) add(files, filled, textNamed(posix.basename(filled)));
  } else if (/\.\w+$|^[A-Z]\w*file(\.\w+)?$/.test(name) || name in KNOWN_FILES) add(files, path, textNamed(name));
  else add(files, posix.join(path, "content.txt"), "");
}

/** Unless it is there, or a folder of that name, or a file where a folder would have to be. */
function add(files: Files, path: string, text: string): void {
  const paths = Object.keys(files);
  const clashes = paths.some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`));
  if (!clashes && !Object.hasOwn(files, path) && !path.startsWith("..")) files[path] = text;
}
