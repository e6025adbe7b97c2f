/** The COPYs of a stage that bring files of the build context. */
import { posix } from "node:path";
import { type BuildContext, type Copied, copiedBy, isUnder } from "../context/index.ts";
import { copyView, type Dockerfile, expandWord, flagNamed } from "../dockerfile/index.ts";
import { OUTSIDE_PROJECTS } from "../ecosystems/index.ts";
import type { Step } from "./types.ts";

/** A COPY or ADD from the build context. */
export interface ContextCopy {
  readonly step: Step;
  /** As expanded; undefined where a variable leaves it unknown. */
  readonly sources: readonly string[] | undefined;
  /** As expanded and as in the image, absolute. */
  readonly destination: { readonly text: string; readonly path: string } | undefined;
}

export function contextCopiesOf(dockerfile: Dockerfile, steps: readonly Step[]): ContextCopy[] {
  return steps.flatMap((step): ContextCopy[] => {
    const view = copyView(step.instruction);
    if (!view || view.from || view.sources.some(({ heredoc }) => heredoc)) return [];
    const { cwd, env } = step.before;
    const expand = ({ text }: { readonly text: string }) =>
      step.instruction.json && !text.includes("$")
        ? text
        : expandWord(text, (name) => env.get(name), dockerfile.escape);
    const sources = view.sources.map(expand);
    const text = expand(view.destination);
    const isKnown = text !== undefined && (text.startsWith("/") || cwd !== undefined);
    return [
      {
        step,
        sources: sources.every((source) => source !== undefined) ? (sources as string[]) : undefined,
        destination: isKnown ? { text, path: posix.resolve(cwd ?? "/", text) } : undefined,
      },
    ];
  });
}

/** A copy with what it brings. */
export interface Brought extends Copied {
  readonly copy: ContextCopy;
}

export function broughtBy(context: BuildContext, copies: readonly ContextCopy[]): Brought[] {
  const brought: Brought[] = [];
  for (const copy of copies) {
    const { sources, destination, step } = copy;
    if (!sources || !destination) continue;
    const keepsFolders = flagNamed(step.instruction, "parents") !== undefined;
    const isFilled = brought.some(({ places }) =>
      [...places.keys()].some((path) => path !== destination.path && isUnder(path, destination.path)),
    );
    const into = isFilled && !destination.text.endsWith("/") ? `${destination.text}/` : destination.text;
    brought.push({ copy, ...copiedBy(context, sources, into, step.before.cwd ?? "/", keepsFolders) });
  }
  return brought;
}

/**
 * Whether it writes into folders that are for programs and users, or where that is not known: what is copied to the root of the image may
 * come to where the base image works. A project at the root does not.
 */
export function leavesProject({ step, sources, destination }: ContextCopy, brought: readonly Brought[]): boolean {
  if (!sources || !destination) return true;
  if (destination.path !== "/") return false;
  if (step.before.cwd === undefined) return true;
  const paths = brought
    .filter(({ copy }) => copy.destination?.path === "/")
    .flatMap(({ places }) => [...places.keys()]);
  return paths.some((path) => OUTSIDE_PROJECTS.some((folder) => isWithin(path, folder)));
}

/** Whether it would bring a whole folder to `folder` or above, judged by its spelling alone. */
export function looksBroad({ sources, destination }: ContextCopy, folder: string): boolean {
  const isBroad = sources?.some((source) => /(^|\/)(\.|\*)?$/.test(source)) ?? true;
  return isBroad && destination !== undefined && isWithin(folder, destination.path);
}

/** Whether absolute `path` is `folder` or below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "/" || isUnder(path, folder);
}
