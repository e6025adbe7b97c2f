import { calledPrograms } from "./called-programs.ts";
import { digest, type Text } from "./digest.ts";
import type { Ground } from "./node.ts";
import { isSameOwner, ownerAfter } from "./owners.ts";
import type { Facts } from "./types.ts";

/**
 * Declared rules for what a running container does not need. Under them, installs and builds of a project write nothing but their
 * outputs (the rest are caches), packages may lose those for development, and of a system's packages those stay that the container needs.
 */
export interface RuntimeRules {
  /** Ground of packages without those for development, to the ground of all of them. */
  readonly pruned: Map<Ground, Ground>;
  /** Who owns a region of generated files. */
  readonly owners: Map<Ground, Text>;
  /** What builds made: copied to where it lay, over what a base image may have there, it is the same again. */
  readonly made: Set<Ground>;
  /** Whether the container may run a program of this name. */
  isCalled(program: string): boolean;
}

export function runtimeRules(facts: Facts): RuntimeRules {
  return { pruned: new Map(), owners: new Map(), made: new Set(), isCalled: calledPrograms(facts) };
}

/** Files that are not listed, given to another owner; the same files where it is known that they are theirs already. */
export function groundOwnedBy(ground: Ground, owner: Text, rules: RuntimeRules | undefined): Ground {
  const known = rules?.owners.get(ground);
  const next = known === undefined ? owner : ownerAfter(owner, known);
  if (known !== undefined && isSameOwner(known, next)) return ground;
  const owned = digest("owned", ground, next);
  const whole = rules?.pruned.get(ground);
  if (whole !== undefined) rules?.pruned.set(owned, groundOwnedBy(whole, owner, rules));
  if (rules?.made.has(ground)) rules.made.add(owned);
  rules?.owners.set(owned, next);
  return owned;
}
