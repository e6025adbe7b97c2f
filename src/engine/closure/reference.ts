import type { Image } from "./image.ts";

/** Something that a file of an image, or its configuration, refers to. */
export interface Reference {
  /** As it is written there: `libssl.so.3`, `express`. */
  readonly name: string;
  /** Who refers to it: a path with a slash at the front, or the name of a config key. */
  readonly by: string;
  /** What it does with it: `needs`, `imports`, `starts`. */
  readonly verb: string;
  /** The path that it means in an image, with a slash at the front; undefined where it means nothing there. */
  resolve(image: Image): string | undefined;
}

/** References of a kind that `after` has. `before` tells where what they mean in `after` depends on what it was. */
export type References = (after: Image, before: Image) => Iterable<Reference>;
