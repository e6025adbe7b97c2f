/** An image that is proposed in the place of another, and what rules on tags have in common. */
import { formatReference, type Reference } from "../dockerfile/index.ts";

export interface Variant {
  /** As FROM takes it. */
  readonly reference: string;
  /**
   * `slim`: can stand in the place of the base. `runtime`: for a stage that only runs what was built on the base. `linked`: for a stage that brings a
   * Java of its own as well.
   */
  readonly kind: "slim" | "runtime" | "linked";
  /** What it has not that the base has, or which programs it can run; to follow a colon. */
  readonly note: string;
}

/** Words for the newest or another moving release, in the place of a version. */
export const MOVING = /^(latest|lts|current|stable|oldstable|oldoldstable|testing|unstable|sid)$/;

/** The image under another tag. */
export function variant({ name }: Reference, tag: string, kind: Variant["kind"], note: string): Variant {
  return { reference: formatReference({ name, tag, digest: undefined }), kind, note };
}

/** Whether a version is not older; parts that it does not name count as the newest. */
export function isSince(version: string, since: readonly number[]): boolean {
  const parts = version.split(/[^\d]+/).map(Number);
  for (const [at, least] of since.entries()) {
    const part = parts[at] ?? Number.POSITIVE_INFINITY;
    if (part !== least) return part > least;
  }
  return true;
}
