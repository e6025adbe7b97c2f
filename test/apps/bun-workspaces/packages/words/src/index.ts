/** Words that mean much the same. */
export const WORDS: Readonly<Record<string, readonly string[]>> = {
  tide: ["current", "flow"],
  shore: ["coast", "beach"],
};
