/** Smaller images of the same family and version. By rules on tags, since no registry is asked: an image may be older than its rule. */
import { knownBase } from "./known.ts";
import { runtimesOf } from "./runtimes.ts";
import { slimOf } from "./slim.ts";
import type { KnownBase } from "./types.ts";
import type { Variant } from "./variant.ts";

/** Whether the image `small` could stand in the place of `whole`, as itself or in its own slim form. */
export function isSmaller(small: string, whole: string): boolean {
  const base = knownBase(whole);
  return (
    base !== undefined &&
    smallerThan(base).some((variant) => small === variant.reference || small === slimForm(variant))
  );
}

/** `debian:12-slim` for `debian:12`; the variant itself where it has no such form. */
export function slimForm({ reference, kind }: Variant): string {
  const base = kind === "runtime" ? knownBase(reference) : undefined;
  const slim = base && !base.isSlim ? slimOf(base) : undefined;
  return slim?.reference ?? reference;
}

/** Smaller images, the nearest first. None has another C library or another version; `scratch` and Distroless have no shell. */
export function smallerThan(base: KnownBase): readonly Variant[] {
  const { tag, digest } = base.reference;
  // A digest without a tag says nothing of the version.
  if (base.distribution?.name === "windows" || (tag === undefined && digest !== undefined)) return [];
  const slim = base.isSlim ? undefined : slimOf(base);
  return [...(slim ? [slim] : []), ...runtimesOf(base)];
}
