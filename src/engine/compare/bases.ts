/** What differs between two images since the new one stands on a smaller base image, and neither file has a hand in it. */
import { leftOutIn } from "../left-out.ts";
import type { Difference } from "../types.ts";
import { isListOfBases } from "./base-lists.ts";
import { configDifferences, type Members, memberDifferences, variables } from "./config.ts";
import type { PathRule } from "./explain.ts";
import { pathDifferences } from "./paths.ts";
import type { Bases, OpenImage } from "./types.ts";

export interface OwnOfBases {
  /** For paths that are gone, new or not the same. */
  readonly rule: PathRule;
  /** Whether a difference of the configuration is one that the base images have between them. */
  isOfConfig(difference: Difference): boolean;
}

/** A path that each image has as its base has it is the base's own; so is a variable. */
export function ownOfBases(before: OpenImage, after: OpenImage, bases: Bases): OwnOfBases {
  const touched = new Set(
    [pathDifferences(bases.before.tree, before.tree), pathDifferences(bases.after.tree, after.tree)].flatMap(
      (differences) => differences.map(({ path }) => path),
    ),
  );
  const between = new Set(
    [...configDifferences(bases.before.info, bases.after.info), ...extended(before, after, bases)].map(
      ({ at, what }) => `${at} ${what}`,
    ),
  );
  const isLeftOut = leftOutIn(bases.after.tree);
  return {
    rule(path) {
      if (!touched.has(path) || isListOfBases(path, before.tree, after.tree, bases)) return "the larger base image";
      return !after.tree.entries.has(path) && isLeftOut(path)
        ? "documentation that the smaller base leaves out"
        : undefined;
    },
    isOfConfig: ({ at, what }) => ["Env", "Labels"].includes(at) && between.has(`${at} ${what}`),
  };
}

/** Of variables that both files add the same to: `PATH=/srv/bin:$PATH`. */
function extended(before: OpenImage, after: OpenImage, bases: Bases): readonly Difference[] {
  const [old, now, ofOld, ofNow] = [before, after, bases.before, bases.after].map(({ info }) =>
    variables(info.config),
  ) as [Members, Members, Members, Members];
  const inner = (quoted = "") => quoted.slice(1, -1);
  const isOfBase = ({ what }: Difference) => {
    const name = what.slice(0, what.indexOf(":"));
    const [was, is] = [inner(ofOld.get(name)), inner(ofNow.get(name))];
    const added = (value: string | undefined, own: string) => value?.split(own).join("\0");
    return was !== "" && is !== "" && added(old.get(name), was) === added(now.get(name), is);
  };
  return memberDifferences("Env", old, now).filter(isOfBase);
}
