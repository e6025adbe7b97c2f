import { type NeedRules, packageStepOf, type TakenOut, takenOut } from "../ecosystems/index.ts";
import { calledPrograms } from "./called-programs.ts";
import { digest, type Text } from "./digest.ts";
import { imageOf } from "./lineage.ts";
import type { Ground } from "./node.ts";
import { isSameOwner, ownerAfter } from "./owners.ts";
import { packageDatabaseOf } from "./package-database.ts";
import { packageParts } from "./run-parts.ts";
import type { Facts, Stage } from "./types.ts";

/**
 * Declared rules for what a running container does not need. Under them, installs and builds of a project write nothing but their
 * outputs (the rest are caches), packages may lose those for development, and of a system's packages those stay that the container needs.
 */
export interface RuntimeRules extends NeedRules {
  /** Ground of packages without those for development, to the ground of all of them. */
  readonly pruned: Map<Ground, Ground>;
  /** Who owns a region of generated files. */
  readonly owners: Map<Ground, Text>;
  /** What builds made: copied to where it lay, over what a base image may have there, it is the same again. */
  readonly made: Set<Ground>;
  /** What an install wrote in another form, to the path of the build context that it says the same as. */
  readonly reformatted: Map<Text, string>;
}

/** By what a container of the file `facts` runs. */
export function runtimeRules(facts: Facts): RuntimeRules {
  return { pruned: new Map(), owners: new Map(), made: new Set(), reformatted: new Map(), ...needRulesOf(facts) };
}

/** What a container of the last stage needs of packages of the system. */
export function needRulesOf(facts: Facts): NeedRules {
  const isCalled = calledPrograms(facts);
  return { isCalled, out: takenOutIn(facts.stages.at(-1)!, isCalled), database: packageDatabaseOf(facts) };
}

/** What a stage installs and takes out again. */
function takenOutIn(stage: Stage, isCalled: (program: string) => boolean): TakenOut {
  const found = stage.steps.flatMap(({ script, invocations }) => {
    const parts = script ? packageParts(script) : [];
    return parts.length > 0
      ? parts.map((part) => packageStepOf(part.script, part.invocations))
      : [packageStepOf(script, invocations)];
  });
  return takenOut(found, imageOf(stage), isCalled);
}

/** Files that are not listed, given to another owner; the same files where it is known that they are theirs already. */
export function groundOwnedBy(ground: Ground, owner: Text, rules: RuntimeRules | undefined): Ground {
  const known = rules?.owners.get(ground);
  const next = known === undefined ? owner : ownerAfter(owner, known);
  if (known !== undefined && isSameOwner(known, next)) return ground;
  const owned = digest("owned", ground, next);
  handDown(ground, owned, (whole) => groundOwnedBy(whole, owner, rules), rules);
  rules?.owners.set(owned, next);
  return owned;
}

/** Files that are not listed, with other modes. */
export function groundOfMode(ground: Ground, mode: Text, rules: RuntimeRules | undefined): Ground {
  const changed = digest("changed", digest("chmod", mode), ground);
  handDown(ground, changed, (whole) => groundOfMode(whole, mode, rules), rules);
  const owner = rules?.owners.get(ground);
  if (owner !== undefined) rules?.owners.set(changed, owner);
  return changed;
}

/** What is known of `ground` goes for `next` too, which `change` makes of it. */
function handDown(
  ground: Ground,
  next: Ground,
  change: (ground: Ground) => Ground,
  rules: RuntimeRules | undefined,
): void {
  const whole = rules?.pruned.get(ground);
  if (whole !== undefined) rules?.pruned.set(next, change(whole));
  if (rules?.made.has(ground)) rules.made.add(next);
}
