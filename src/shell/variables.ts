/** Variables of which a script is told what they hold. */

/** By name; undefined is something that nobody knows. */
export type Variables = ReadonlyMap<string, string | undefined>;

export const NO_VARIABLES: Variables = new Map();

/** One word, which stays one where the shell fills it in. */
const PLAIN = /^[\w./:@+,=%-]+$/;

/** The shell has a say in what these hold (bash(1), "Shell Variables"). */
const OF_SHELL =
  /^(PWD|OLDPWD|IFS|_|S?RANDOM|SECONDS|LINENO|E?UID|P?PID|HOSTNAME|SHLVL|SHELLOPTS|BASH\w*|OPT(ARG|IND|ERR)|DIRSTACK|GROUPS|FUNCNAME|PIPESTATUS|MACHTYPE|OSTYPE|HOSTTYPE|EPOCH\w*|COLUMNS|LINES|PS\d|REPLY)$/;

/** What reads commands or assignments that are not in the text, or takes words apart in another way. */
const READING =
  /(^|[\s;&|({`])(\.|source|eval|trap)\s|\bIFS\b|\b(export|readonly|declare|typeset|local|read|unset)\s([^;&|\n]*\s)?"?[$`]/;

/** A file of which bash reads commands first (bash(1), "Invocation"). */
const READ_FIRST = "BASH_ENV";

/** Those of `given` that hold the same all through the script `text`: it fills them in, and does nothing else with their names. */
export function steadyVariables(text: string, given: Variables): Variables {
  const names = new Set(
    [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].flatMap(([, name = ""]) => (given.has(name) ? [name] : [])),
  );
  if (names.size === 0 || READING.test(text) || given.has(READ_FIRST)) return NO_VARIABLES;
  const isSteady = (name: string) =>
    PLAIN.test(given.get(name) ?? "") && !OF_SHELL.test(name) && isFilledIn(name, text);
  return new Map([...names].filter(isSteady).map((name) => [name, given.get(name)]));
}

/** Whether the script `text` fills in a variable, and does nothing else with its name. */
export function isFilledIn(name: string, text: string): boolean {
  const all = text.match(new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`, "g")) ?? [];
  const filled = text.match(new RegExp(`\\$(${name}(?![A-Za-z0-9_])|\\{${name}\\})`, "g")) ?? [];
  return filled.length > 0 && all.length === filled.length;
}
