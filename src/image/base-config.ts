import type { BaseConfig, ImageAnswer } from "../bases/index.ts";
import type { Text } from "./digest.ts";

/** The configuration of an image that a file names, where somebody asked for it. Asks nobody itself: only a transform does. */
export function baseConfigIn(images: ReadonlyMap<string, ImageAnswer>, image: Text): BaseConfig | undefined {
  // One that is pinned meanwhile was asked for by its tag.
  const tagged = image.replace(/@.*/, "");
  const name = [image, tagged, tagged.replace(/:latest$/, "")].find((each) => images.has(each));
  const answer = name === undefined ? undefined : images.get(name);
  return answer && "config" in answer ? answer.config : undefined;
}
