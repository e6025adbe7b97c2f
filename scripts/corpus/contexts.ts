/** Made-up build contexts: the files that a Dockerfile copies, and minimal projects where its commands look for them. */
import { posix } from "node:path";
import { type BuildContext, memoryContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { type Invocation, workingFolderOf } from "../../src/ecosystems/index.ts";
import {
  afterCommand,
  type ContextCopy,
  contextCopiesOf,
  factsOf,
  isWithin,
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
    for (const { invocation, folder, index } of callsOf(stage)) {
      const copy = copies.findLast(
        ({ step, destination }) =>
          step.index < index && folder !== undefined && isWithin(folder, destination?.path ?? "\0"),
      );
      const at = copy ? placeIn(copy, folder!) : "";
      for (const [name, text] of Object.entries(projectFiles(invocation))) add(files, posix.join(at, name), text);
    }
  }
  add(files, "src/index.ts", textNamed("index.ts"));
  return memoryContext(files);
}

function callsOf(
  stage: Stage,
): { readonly invocation: Invocation; readonly folder: string | undefined; readonly index: number }[] {
  return stage.steps.flatMap(({ script, invocations, before, index }) => {
    let cwd = before.cwd ?? "/";
    return (script?.commands ?? []).flatMap((command) => {
      cwd = afterCommand(cwd, command) ?? cwd;
      const invocation = invocations.find((each) => each.command === command);
      if (invocation?.purpose !== "dependencies" && invocation?.purpose !== "build") return [];
      return [{ invocation, folder: workingFolderOf(invocation, cwd), index }];
    });
  });
}

/** The folder of the context that a copy brings to `folder` in the image. */
function placeIn({ sources, destination }: ContextCopy, folder: string): string {
  const [first = "."] = sources ?? [];
  const isFile = /\*|\.\w+$/.test(posix.basename(first)) || posix.basename(first) in KNOWN_FILES;
  const source = isFile ? posix.dirname(first) : first;
  const below = posix.relative(destination?.path ?? "/", folder);
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
