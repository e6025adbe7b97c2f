/** Smaller images of the same family and version. By rules on tags, since no registry is asked: an image may be older than its rule. */
import { runtimesOf } from "./runtimes.ts";
import { slimOf } from "./slim.ts";
import type { KnownBase } from "./types.ts";
import type { Variant } from "./variant.ts";

/** Smaller images, the nearest first. None has another C library or another version; `scratch` and Distroless have no shell. */
export function smallerThan(base: KnownBase): readonly Variant[] {
  const { tag, digest } = base.reference;
  // A digest without a tag says nothing of the version.
  if (base.distribution?.name === "windows" || (tag === undefined && digest !== undefined)) return [];
  const slim = base.isSlim ? undefined : slimOf(base);
  return [...(slim ? [slim] : []), ...runtimesOf(base)];
}
