import { parseReference } from "../dockerfile/index.ts";
import { type Digest, digest, isKnown, type Text } from "./digest.ts";
import type { Resolution } from "./types.ts";

/** Which image a reference means: a tag that is known to stand for a digest, and that digest, are one. */
export function imageKey(reference: Text, digests: ReadonlyMap<string, Resolution>, platform?: Text): Digest {
  return digest("image", identityOf(reference, digests), platform);
}

export function identityOf(reference: Text, digests: ReadonlyMap<string, Resolution>): Text {
  const parsed = isKnown(reference) ? parseReference(reference) : undefined;
  if (!parsed) return reference;
  const resolution = digests.get(reference);
  const pinned = parsed.digest ?? (resolution && "digest" in resolution ? resolution.digest : undefined);
  const name = `${parsed.registry}/${parsed.repository}`;
  return pinned === undefined ? `${name}:${parsed.tag ?? "latest"}` : `${name}@${pinned}`;
}
