/** The value of the first of `names` on a command line: `--outDir build`, `--outDir=build`. */
export function optionOf(words: readonly string[], ...names: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    const [name = "", ...value] = word.split("=");
    if (names.includes(name)) return value.length > 0 ? value.join("=") : words[index + 1];
  }
  return undefined;
}

export function hasOption(words: readonly string[], ...names: readonly string[]): boolean {
  return words.some((word) => names.includes(word.split("=")[0] ?? ""));
}

/** Words that are neither options nor the values of the options named in `valued`. */
export function positionalOf(words: readonly string[], valued: readonly string[]): readonly string[] {
  return words.filter((word, index) => !word.startsWith("-") && !valued.includes(words[index - 1] ?? ""));
}
