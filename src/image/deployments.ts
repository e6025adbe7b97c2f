/** What `pnpm deploy` copies from: no running container needs it. */
import { isUnder } from "../context/index.ts";
import { deploymentOf } from "../ecosystems/index.ts";
import type { Stage } from "./types.ts";

/**
 * Tells what of a workspace lies around the folders that packages of it are deployed to, by its absolute path; nothing where the container starts
 * there. What of it the container names all the same is for `builtApp` to find, and for traces.
 */
export function leftByDeployments({ steps, after: { cwd = "/" } }: Stage): (path: string) => boolean {
  const found = steps.flatMap(({ invocations, before }) =>
    invocations.flatMap(({ call }) => {
      const to = deploymentOf(call, before.cwd)?.to;
      return to === undefined || before.cwd === undefined ? [] : [{ to, project: before.cwd }];
    }),
  );
  const isOf = (path: string) => found.some(({ to }) => isUnder(path, to));
  const isAround = (path: string) => found.some(({ project }) => isUnder(path, project)) && !isOf(path);
  return (path) => !isAround(cwd) && isAround(path);
}
