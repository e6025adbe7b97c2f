/** The patterns of `${name#pattern}`, `${name%pattern}` and `${name/pattern/text}`: `*`, `?` and escapes, no brackets. */

/** More stars than this in one pattern could make a backtracking matcher slow; Go's is not one. */
const MAX_STARS = 2;

/** The value without what matches at its start (`#`) or end (`%`); a doubled operator takes the longest match. Undefined where refit can't tell. */
export function trimMatch(value: string, operator: "#" | "%", word: string): string | undefined {
  const greedy = word.startsWith(operator);
  const atStart = operator === "#" || !greedy ? "^" : "";
  const pattern = compile(greedy ? word.slice(1) : word, greedy, atStart, operator === "%" ? "$" : "");
  if (!pattern) return undefined;
  return operator === "%" && !greedy ? withoutShortestEnd(value, pattern) : value.replace(pattern, "");
}

/** A search from the left finds the longest match at the end; the shortest begins furthest right. */
function withoutShortestEnd(value: string, pattern: RegExp): string {
  for (let start = value.length; start >= 0; start--) {
    if (pattern.test(value.slice(start))) return value.slice(0, start);
  }
  return value;
}

/** The value with the first match, or all, replaced. Undefined where refit can't tell. */
export function substitute(value: string, word: string, replacement: string, all: boolean): string | undefined {
  const pattern = compile(word, true, "", "", all ? "g" : "");
  if (!pattern || replacement.includes("$")) return undefined;
  return value.replace(pattern, () => replacement);
}

function compile(word: string, greedy: boolean, before: string, after: string, flags = ""): RegExp | undefined {
  let expression = before;
  let stars = 0;
  for (let at = 0; at < word.length; at++) {
    const char = word[at]!;
    if (char === "*") {
      expression += greedy ? "[^\\n]*" : "[^\\n]*?";
      stars++;
    } else if (char === "?") {
      expression += "[^\\n]";
    } else if (char === "\\") {
      const next = word[at + 1] ?? "";
      // `}` and `/` are escaped for the lexer's sake; the pattern doesn't hold the escape.
      if (next === "}" || next === "/") continue;
      if (next !== "*" && next !== "?" && next !== "\\") return undefined;
      expression += `\\${next}`;
      at++;
    } else {
      expression += char.replace(/[\\^$.|+()[\]{}/]/, "\\$&");
    }
  }
  if (stars > MAX_STARS) return undefined;
  try {
    return new RegExp(expression + after, `${flags}u`);
  } catch {
    return undefined;
  }
}
