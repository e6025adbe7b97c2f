/** What the stage brings, and where to. */
import { posix } from "node:path";
import { type BuildContext, copyView, isUnder, OUTSIDE_PROJECTS, type Step } from "../../src/transform/index.ts";
import type { Runtime } from "./runtime.ts";

/** Folders that every image has in PATH. */
const FOLDERS = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** Whether the program is a file that the stage takes from another one. */
export function isCopied(program: string, { stage, steps }: Runtime): boolean {
  const path = program.includes("/") ? posix.resolve(stage.after.cwd ?? "/", program) : undefined;
  const isIt = (to: string) =>
    path === undefined ? FOLDERS.some((folder) => to === `${folder}/${program}`) : to === path;
  return steps.some((step) => {
    const view = copyView(step.instruction);
    if (!view?.from) return false;
    // No image for building has anything where people keep projects. A program that was built has no ending.
    const folder = posix.resolve(step.before.cwd ?? "/", view.destination.text);
    const isOwn = folder !== "/" && !OUTSIDE_PROJECTS.some((other) => isUnder(folder, other));
    return copiedTo(step).some(isIt) || (isOwn && path !== undefined && isUnder(path, folder) && !posix.extname(path));
  });
}

/** Where COPY and ADD put what they bring, as if each source were a file. */
function copiedTo({ instruction, before }: Step): readonly string[] {
  const view = copyView(instruction);
  if (!view) return [];
  const to = posix.resolve(before.cwd ?? "/", view.destination.text);
  const isFolder = /(^|\/)\.{0,2}$/.test(view.destination.text) || view.sources.length > 1;
  return view.sources.flatMap(({ text }) =>
    isFolder ? [posix.join(to, posix.basename(text))] : [to, posix.join(to, posix.basename(text))],
  );
}

/** The places that a step makes: what it copies, the folder that it works in, volumes. */
export function placesOf(step: Step): readonly string[] {
  const { instruction, before } = step;
  switch (instruction.keyword) {
    case "WORKDIR":
      return [posix.resolve(before.cwd ?? "/", instruction.args.text)];
    case "VOLUME":
      return instruction.json?.map(({ value }) => value) ?? instruction.args.text.split(/\s+/);
    default:
      return copiedTo(step);
  }
}

/** Whether a file of the build context may be among what the steps bring: by the names of their sources. */
export function broughtFrom(steps: readonly Step[], context: BuildContext): (path: string) => boolean {
  const segments = new Set(context.files().flatMap((path) => path.split("/")));
  const named = steps.flatMap(
    ({ instruction }) => copyView(instruction)?.sources.map(({ text }) => posix.basename(posix.join("/", text))) ?? [],
  );
  // A program that is built has a name of its own; so has a folder of the other stage, which may be all of the project.
  const isAll = named.includes("") || named.filter((name) => !segments.has(name)).length > 1;
  return (path) => isAll || path.split("/").some((segment) => named.includes(segment));
}
