/** What is known of base images by their names and tags: data and look-ups, no io. */
export { agreedConfig, type BaseConfig, baseConfigOf, type ImageAnswer, type ImageJson, mayHold } from "./config.ts";
export { type Deprecation, deprecationOf } from "./deprecated.ts";
export {
  allCycles,
  isNewest,
  KNOWN_ON,
  type Support,
  type SupportState,
  supportOf,
  supportOfContent,
} from "./end-of-life.ts";
export { familyOf, OFFICIAL_NAMES, pathOf } from "./families.ts";
export { type JavaImage, javaImageOf } from "./java-images.ts";
export { knownBase, titleOf } from "./known.ts";
export { type Pinning, pinningOf } from "./pinning.ts";
export type * from "./types.ts";
export type { Variant } from "./variant.ts";
export { isSmaller, slimForm, smallerThan } from "./variants.ts";
