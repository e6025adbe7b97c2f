import type { ParameterExpansionPart, Script, Word, WordPart } from "unbash";
import { digest, isKnown, type Text, unknownText } from "../digest.ts";
import { isPlatformArg } from "../scope.ts";
import type { ShellState } from "./state.ts";

/** What expansion asks of the evaluator. */
export interface Expander {
  /** Runs the script of `$( )`; its output without final line ends. */
  substitute(script: Script | undefined, text: string, state: ShellState): Text;
  /** Ends the shell as a failed expansion does. */
  fail(state: ShellState): never;
  /** Digest of all that a glob could match in. */
  files(pattern: Text, state: ShellState): number;
  /** Whether a variable that only the base image can have set is set. */
  isSet(name: string, state: ShellState): boolean;
}

/** One argument after expansion. `pattern` holds back a glob: `text` is then the pattern. */
export interface Field {
  readonly text: Text;
  readonly pattern: boolean;
  /** Holds an unknown text that field splitting may take apart. */
  readonly splits: boolean;
}

interface Piece {
  readonly text: Text;
  readonly quoted: boolean;
  /** Comes from an expansion, so that it is split. */
  readonly expanded: boolean;
  /** Ends a field: between the words of `"$@"`. */
  readonly ends?: boolean;
}

/** The arguments that `word` becomes: POSIX 2.6, expansion, field splitting, pathname patterns left to the caller. */
export function fieldsOf(word: Word, state: ShellState, expander: Expander): Field[] {
  const pieces = piecesOfWord(word, state, expander);
  const ifs = state.get("IFS") ?? " \t\n";
  const noglob = state.has("noglob");
  const fields: Field[] = [];
  let text = "";
  let open = false;
  let pattern = false;
  let splits = false;
  const end = () => {
    // A bracket alone, the name of the command `[`, is no pattern.
    if (open) fields.push({ text, pattern: pattern && text !== "[", splits });
    text = "";
    open = false;
    pattern = false;
    splits = false;
  };
  for (const piece of pieces) {
    if (piece.ends) {
      end();
    } else if (piece.quoted || !piece.expanded) {
      if (piece.quoted || piece.text !== "") open = true;
      text += piece.text;
      if (!piece.quoted && !noglob && isGlob(piece.text)) pattern = true;
    } else if (!isKnown(piece.text) || !isKnown(ifs)) {
      open = true;
      splits = true;
      text += unknownText("split", piece.text, ifs, String(noglob));
    } else {
      const parts = split(piece.text, ifs);
      for (const [index, part] of parts.entries()) {
        if (index > 0) end();
        if (part === "") continue;
        open = true;
        text += part;
        if (!noglob && isGlob(part)) pattern = true;
      }
    }
  }
  end();
  return fields;
}

/** The value of a word where it is not split: an assignment, a redirection's target, a `case` word. */
export function textOf(word: Word, state: ShellState, expander: Expander): Text {
  return piecesOfWord(word, state, expander)
    .map((piece) => (piece.ends ? " " : piece.text))
    .join("");
}

/** The value of quoted text such as a here-document's body. */
export function textOfParts(parts: readonly WordPart[], state: ShellState, expander: Expander): Text {
  return parts
    .flatMap((part) => piecesOf(part, true, state, expander))
    .map((piece) => (piece.ends ? " " : piece.text))
    .join("");
}

/** What a program gets for a field; a pattern becomes whatever it matches. */
export function argumentOf(field: Field, state: ShellState, expander: Expander): Text {
  return field.pattern ? unknownText("glob", field.text, state.cwd, expander.files(field.text, state)) : field.text;
}

function piecesOfWord(word: Word, state: ShellState, expander: Expander): Piece[] {
  if (word.text.startsWith("~")) {
    const [, user = "", rest = ""] = /^~([^/]*)(.*)$/s.exec(word.text) ?? [];
    const home = user === "" ? (state.get("HOME") ?? unknownText("home", state.user)) : unknownText("home", user);
    return [
      {
        text: home + (isPlain(rest) ? rest : unknownText("tilde", rest, state.seenBy(rest))),
        quoted: true,
        expanded: false,
      },
    ];
  }
  if (!word.parts) return [{ text: word.value, quoted: word.text !== word.value, expanded: false }];
  return word.parts.flatMap((part) => piecesOf(part, false, state, expander));
}

function piecesOf(part: WordPart, quoted: boolean, state: ShellState, expander: Expander): Piece[] {
  const expanded = (text: Text): Piece[] => [{ text, quoted, expanded: true }];
  switch (part.type) {
    case "Literal":
      // A literal part holds no active pattern: those are parts of their own.
      return [{ text: part.value, quoted: true, expanded: false }];
    case "SingleQuoted":
      return [{ text: part.value, quoted: true, expanded: false }];
    case "DoubleQuoted": {
      const isList = part.parts.length === 1 && isAt(part.parts[0]);
      const inner = part.parts.flatMap((child) => piecesOf(child, true, state, expander));
      return inner.length > 0 || isList ? inner : [{ text: "", quoted: true, expanded: false }];
    }
    case "AnsiCQuoted":
      if (state.dialect === "bash" || state.dialect === "ash")
        return [{ text: part.value, quoted: true, expanded: false }];
      return [{ text: unknownText("ansi", part.text, state.dialect), quoted: true, expanded: false }];
    case "SimpleExpansion":
      return parameter(part.text.slice(1), quoted, state, expander);
    case "ParameterExpansion":
      return operation(part, quoted, state, expander);
    case "CommandExpansion": {
      const text = expander.substitute(part.script, part.text, state);
      // A number is one word.
      return [{ text, quoted, expanded: part.text !== "$(nproc)" }];
    }
    case "ArithmeticExpansion":
      return expanded(arithmetic(part.text, state));
    case "Glob":
      return [{ text: part.value, quoted, expanded: false }];
    case "BraceExpansion":
      if (state.dialect === "dash" || state.dialect === "ash")
        return [{ text: part.text, quoted: true, expanded: false }];
      return [{ text: unknownText("braces", part.text, state.seenBy(part.text)), quoted: true, expanded: false }];
    default:
      return [{ text: unknownText(part.type, part.text, state.seenBy(part.text)), quoted: true, expanded: false }];
  }
}

function isAt(part: WordPart | undefined): boolean {
  return (
    (part?.type === "SimpleExpansion" && part.text === "$@") ||
    (part?.type === "ParameterExpansion" && part.parameter === "@" && part.operation === undefined)
  );
}

function parameter(name: string, quoted: boolean, state: ShellState, expander: Expander): Piece[] {
  if (name === "@" || name === "*") {
    return state.positional.flatMap((text, index) => {
      const piece = { text, quoted, expanded: true };
      return index === 0 ? [piece] : [{ text: "", quoted, expanded: false, ends: true }, piece];
    });
  }
  const value = lookup(name, state, expander);
  if (value === undefined && state.has("nounset")) expander.fail(state);
  return [{ text: value ?? "", quoted, expanded: value === undefined || !isOneWord(name, value) }];
}

/** The platform that BuildKit names has no spaces and no wildcards, and but for its variant and version it is never empty. */
function isOneWord(name: string, value: Text): boolean {
  return isPlatformArg(name) && /(PLATFORM|OS|ARCH)$/.test(name) && value === unknownText("platform", name);
}

function lookup(name: string, state: ShellState, expander: Expander): Text | undefined {
  switch (name) {
    case "?":
      return String(state.status);
    case "#":
      return String(state.positional.length);
    case "$":
      // Each RUN has a PID namespace of its own, in which the shell comes first.
      return "1";
    case "!":
      return state.lastJob;
    case "-":
      // Shells differ in what they list.
      return unknownText("options", state.dialect, [...state.options].sort().join());
    case "0":
      return state.words[0] ?? "sh";
  }
  if (/^\d+$/.test(name)) return state.positional[Number(name) - 1];
  if (state.has("nounset") && state.isFromBase(name) && !expander.isSet(name, state)) return undefined;
  return state.get(name);
}

function operation(part: ParameterExpansionPart, quoted: boolean, state: ShellState, expander: Expander): Piece[] {
  const { parameter: name, operation: op } = part;
  const one = (text: Text): Piece[] => [{ text, quoted, expanded: true }];
  if (part.index || part.prefix === "!") return one(unknownText("expansion", part.text, state.seenBy(part.text)));
  if (op === undefined && part.prefix === undefined) return parameter(name, quoted, state, expander);
  if (op?.type !== "Default") {
    const [value] = parameter(name, true, state, expander);
    const known = value?.text ?? "";
    if (part.prefix === "#" && op === undefined && isKnown(known)) return one(String(known.length));
    const inner = /\$|`/.test(part.text.slice(2)) ? state.seenBy(part.text) : 0;
    return one(unknownText("expansion", part.text, known, inner));
  }
  const fromBase = state.isFromBase(name) && /^\w+$/.test(name) && !/^\d/.test(name);
  const isSet = !fromBase || expander.isSet(name, state);
  const value = isSet ? lookup(name, state, expander) : undefined;
  const isUnset = value === undefined || (op.operator.startsWith(":") && value === "");
  const operand = () => (quoted ? one(textOf(op.operand, state, expander)) : piecesOfWord(op.operand, state, expander));
  switch (op.operator.at(-1)) {
    case "+":
      return isUnset ? [] : operand();
    case "?":
      return isUnset ? expander.fail(state) : one(value);
    case "=": {
      if (!isUnset) return one(value);
      const text = textOf(op.operand, state, expander);
      state.set(name, text);
      return one(text);
    }
    default:
      return isUnset ? operand() : one(value);
  }
}

/** The result of `$(( ))`: what its text and the variables in it decide; one that it sets is unknown from then on. */
function arithmetic(text: string, state: ShellState): Text {
  const names = [...new Set(text.match(/[A-Za-z_]\w*/g) ?? [])];
  const result = unknownText(
    "arithmetic",
    text,
    ...names.map((name) => state.get(name)),
    /[`]|\$\(/.test(text.slice(3)) ? state.seenBy(text) : 0,
  );
  if (/\+\+|--|[^=!<>]=[^=]/.test(text)) for (const name of names) state.set(name, unknownText("set", name, result));
  return result;
}

/** Field splitting of a known text: POSIX 2.6.5. Runs of IFS white space part fields, and so does each other IFS character. */
export function split(text: string, ifs: string): string[] {
  if (ifs === "") return [text];
  const isSpace = (char: string) => ifs.includes(char) && /[ \t\n]/.test(char);
  const fields: string[] = [];
  let field = "";
  let at = 0;
  const skip = () => {
    while (at < text.length && isSpace(text[at]!)) at++;
  };
  skip();
  if (at > 0) fields.push("");
  while (at < text.length) {
    const char = text[at]!;
    if (!ifs.includes(char)) {
      field += char;
      at++;
      continue;
    }
    fields.push(field);
    field = "";
    skip();
    if (at < text.length && ifs.includes(text[at]!) && !isSpace(text[at]!) && isSpace(char)) at++;
    else if (!isSpace(char)) {
      at++;
      skip();
    } else if (at === text.length) return [...fields, ""];
  }
  return [...fields, field];
}

function isGlob(text: Text): boolean {
  return /[*?[]/.test(text);
}

function isPlain(text: string): boolean {
  return !/[$`"'\\*?[{]/.test(text);
}

/** A digest that tells apart any two lists of arguments. */
export function argumentsDigest(args: readonly Text[]): number {
  return digest("arguments", args.length, ...args);
}
