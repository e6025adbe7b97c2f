/** How firmly a reference says which image is meant. */
import { parseReference, type Reference } from "../dockerfile/index.ts";
import { familyOf } from "./families.ts";

/**
 * - `digest`: one image for good.
 * - `release`: a tag of one release; it moves when the image is built anew, and then has other packages of the distribution.
 * - `floating`: a tag that moves on to the next release, or none, which is `latest`.
 * - `tag`: a tag of which nothing is known.
 */
export type Pinning = "digest" | "release" | "floating" | "tag";

const FULL_VERSION = /^v?\d+\.\d+\.\d+/;

const MOVING =
  /^(latest|stable|edge|main|master|nightly|dev|devel|develop|next|lts|current|rolling|alpine|slim|debug|nonroot)$/;

export function pinningOf(image: string | Reference): Pinning {
  const reference = typeof image === "string" ? parseReference(image) : image;
  if (!reference) return "tag";
  if (reference.digest !== undefined) return "digest";
  const { tag } = reference;
  if (tag === undefined || MOVING.test(tag)) return "floating";
  const family = familyOf(reference);
  if ((family?.release ?? FULL_VERSION).test(tag)) return "release";
  return family ? "floating" : "tag";
}
