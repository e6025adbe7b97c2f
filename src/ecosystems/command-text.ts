/** From words to a command in a shell's own spelling. */

/** The command that sets `env` and calls `words`; undefined where one of them is only known to the shell. */
export function commandText(
  env: ReadonlyMap<string, string | undefined>,
  words: readonly (string | undefined)[],
): string | undefined {
  const assignments = [...env].map(([name, value]) => value && `${name}=${quoted(value)}`);
  const all = [...assignments, ...words.map((word) => word && quoted(word))];
  return all.every((word) => word !== undefined) ? all.join(" ") : undefined;
}

/** The command that calls `words`. */
export function commandOf(words: readonly string[]): string {
  return words.map(quoted).join(" ");
}

/** In single quotes where the shell would read a character in its own way. */
export function quoted(word: string): string {
  return /^[\w./:,=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
