import { type Scalar, UNKNOWN } from "./types.ts";

/** What `name` is: UNKNOWN where the environment may have it, or not. */
export type Lookup = (name: string) => Scalar | undefined;

/**
 * `$NAME`, `${NAME:-default}` and their kin in a Compose file (compose-go, template/template.go); `$$` is a dollar sign. A name that
 * nothing gives a value is UNKNOWN, since the environment of who builds may.
 */
export function interpolate(text: string, lookup: Lookup): Scalar {
  let result = "";
  for (let at = 0; at < text.length; ) {
    const dollar = text.indexOf("$", at);
    if (dollar < 0) return result + text.slice(at);
    result += text.slice(at, dollar);
    if (text[dollar + 1] === "$") {
      result += "$";
      at = dollar + 2;
      continue;
    }
    const found = text[dollar + 1] === "{" ? braced(text, dollar, lookup) : plain(text, dollar, lookup);
    if (found.value === UNKNOWN) return UNKNOWN;
    result += found.value;
    at = found.end;
  }
  return result;
}

interface Substituted {
  readonly value: Scalar;
  readonly end: number;
}

function plain(text: string, dollar: number, lookup: Lookup): Substituted {
  const name = /^[A-Za-z_]\w*/.exec(text.slice(dollar + 1))?.[0];
  // Compose refuses the file.
  if (name === undefined) return { value: UNKNOWN, end: dollar + 1 };
  return { value: lookup(name) ?? UNKNOWN, end: dollar + 1 + name.length };
}

function braced(text: string, dollar: number, lookup: Lookup): Substituted {
  let depth = 0;
  let end = dollar + 1;
  for (; end < text.length; end++) {
    if (text[end] === "{") depth++;
    else if (text[end] === "}" && --depth === 0) break;
  }
  const [, name, operator = "", word = ""] = /^([A-Za-z_]\w*)(:?[-+?])?(.*)$/s.exec(text.slice(dollar + 2, end)) ?? [];
  return { value: name === undefined ? UNKNOWN : substituted(lookup(name), operator, word, lookup), end: end + 1 };
}

function substituted(value: Scalar | undefined, operator: string, word: string, lookup: Lookup): Scalar {
  const isSet = value !== undefined && (!operator.startsWith(":") || value !== "");
  switch (operator.at(-1)) {
    case "-":
      return isSet ? value : interpolate(word, lookup);
    case "+":
      return isSet ? interpolate(word, lookup) : "";
    default:
      return isSet ? value : UNKNOWN;
  }
}

/** Names and values of an `.env` file as Compose reads it, without those that refer to others. */
export function readEnvFile(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, raw] = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || raw === undefined) continue;
    const quoted = /^(["'])(.*)\1(?:\s+#.*)?$/.exec(raw);
    const value = quoted ? quoted[2]! : raw.replace(/(^|\s+)#.*$/, "");
    if (quoted?.[1] === "'" || !/[$\\]/.test(value)) values.set(name, value);
  }
  return values;
}
