/** The stage that runs `next build`. */
import { posix } from "node:path";
import {
  type BuildContext,
  broughtBy,
  buildsNext,
  contextCopiesOf,
  type Facts,
  isUnder,
  lineageOf,
  type Stage,
  viewOf,
} from "../../src/transform/index.ts";

export interface Builder {
  readonly stage: Stage;
  /** The project folder in its image, absolute. */
  readonly folder: string;
  /** What of the build context lies there. */
  readonly project: BuildContext;
  /** Where a file of the project lies in the build context. */
  pathOf(file: string): string;
}

/** Undefined where no stage, or more than one, is known to run `next build`. */
export function builderOf({ stages, dockerfile, context }: Facts): Builder | undefined {
  if (!context) return undefined;
  const builders = stages.flatMap((stage) => {
    const folders = stage.steps.flatMap(({ invocations, before }) =>
      invocations.some(({ purpose }) => purpose === "build") && before.cwd !== undefined ? [before.cwd] : [],
    );
    if (folders.length === 0) return [];
    const steps = [...lineageOf(stage, stages)].reverse().flatMap((each) => each.steps);
    const brought = broughtBy(context, contextCopiesOf(dockerfile, steps));
    return [...new Set(folders)].flatMap((folder) => {
      const places = new Map(
        brought.flatMap((each) =>
          [...each.places].flatMap(([path, source]): [string, string][] =>
            isUnder(path, folder) ? [[posix.relative(folder, path), source]] : [],
          ),
        ),
      );
      const project = viewOf(context, places);
      const builds = stage.steps.some(({ invocations }) => invocations.some(({ call }) => buildsNext(call, project)));
      if (!builds) return [];
      return [{ stage, folder, project, pathOf: (file: string) => places.get(file) ?? file }];
    });
  });
  return builders.length === 1 ? builders[0] : undefined;
}
