/** Commands that code of an app starts as processes, by its own text. */

/** Code without one of these starts none. */
const STARTS = /\bchild_process\b|\b(cross-spawn|execa|nano-spawn|shelljs|tinyexec|zx)\b|\bBun\.(spawn|spawnSync|\$)/;

/** Package managers, which look for programs in node_modules and run the project's scripts. */
const MANAGERS = /^(npm|npx|yarn|pnpm|pnpx|bunx)(\.cmd)?$|^(\.\/)?node_modules\/\.bin\//;

/** A text where an argument or a value stands, with the list of words behind it, if there is one. */
const CALLED = /(?:[([{=,:?|&$]|\breturn)\s*(["'`])((?:(?!\1)[^\n\\])+)\1(?:\s*,\s*\[([^\]]*)\])?/g;

/**
 * Scripts for a shell: of package managers, and of what `isProgram` says that a package brings it. A word that only running the code would tell
 * is `$WORD`.
 */
export function commandsIn(text: string, isProgram: (word: string) => boolean): readonly string[] {
  if (!STARTS.test(text)) return [];
  return [...text.matchAll(CALLED)].flatMap(([, , called = "", list]) => {
    const [first = ""] = called.trim().split(/\s/);
    if (!MANAGERS.test(first) && !isProgram(first)) return [];
    const words = list === undefined ? [] : list.split(",").map((word) => word.trim());
    const more = words.filter((word) => word !== "").map((word) => /^(["'`])([^"'`]*)\1$/.exec(word)?.[2] ?? "$WORD");
    return [[called.trim().replace(/^(\w+)\.cmd\b/, "$1"), ...more].join(" ").replaceAll(/\$\{[^}]*\}/g, "$WORD")];
  });
}
