import type { BuildContext } from "../../context/index.ts";
import type { Difference, Explained, ImageInfo, ImageTree, UnsteadyPath } from "../types.ts";

/** An image, opened. */
export interface OpenImage {
  readonly info: ImageInfo;
  readonly tree: ImageTree;
}

/** What a promise makes of two images. */
export interface Comparison {
  /** What breaks the promise. What is below a folder that is gone or added is told with the folder. */
  readonly differences: readonly Difference[];
  /** What is gone by a declared rule of the promise. */
  readonly explained: readonly Explained[];
  /** What is new in caches. */
  readonly added: readonly Explained[];
  /** What differs by itself. One without a rule leaves the promise undecided. */
  readonly unsteady: readonly UnsteadyPath[];
  /** Paths, with a slash at the front, whose content is another one in both base images as well. */
  readonly ofBases: ReadonlySet<string>;
}

/** The base images of both, where the new one is a smaller variant of the old one. */
export interface Bases {
  readonly before: OpenImage;
  readonly after: OpenImage;
}

/** Of the original, for `same-runtime`: what its COPY instructions brought may be build inputs. */
export interface CompareOptions {
  readonly context?: BuildContext | undefined;
  readonly dockerfile?: string | undefined;
  /** The stage that the images are of; undefined for the last. */
  readonly stage?: string | undefined;
  readonly bases?: Bases | undefined;
}
