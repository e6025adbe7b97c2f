/** Ruby text, as far as it takes to tell which files a Gemfile or a gemspec leads to. No parser: what is not plainly harmless is unknown. */

/** The text without comments, here-documents and what follows `__END__`. */
export function withoutComments(text: string): string {
  const lines: string[] = [];
  let heredoc: string | undefined;
  let isBlock = false;
  for (const line of text.split(/\r?\n/)) {
    if (line === "__END__") break;
    if (/^=begin\b/.test(line)) isBlock = true;
    if (isBlock) {
      if (/^=end\b/.test(line)) isBlock = false;
      continue;
    }
    if (heredoc !== undefined) {
      if (line.trim() === heredoc) heredoc = undefined;
      else lines.push(interpolated(line));
      continue;
    }
    const code = withoutComment(line);
    heredoc = /<<[~-]?["']?([A-Z]\w*)["']?/.exec(code)?.[1];
    lines.push(code.replace(/<<[~-]?["']?[A-Z]\w*["']?/, '""'));
  }
  return lines.join("\n");
}

function withoutComment(line: string): string {
  let quote: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (char === "\\") at++;
    else if (quote !== undefined) {
      if (char === quote) quote = undefined;
    } else if (char === '"' || char === "'" || char === "`") quote = char;
    else if (char === "#" && (at === 0 || /[\s,()[\]{}]/.test(line[at - 1] ?? ""))) return line.slice(0, at);
  }
  return line;
}

/** The code of a `#{…}`, which may have strings and calls without blocks. */
const CODE = `(?:[^{}"]|"[^"]*")*`;
const INTERPOLATION = new RegExp(String.raw`#\{(${CODE})\}`, "g");
const DOUBLE_QUOTED = new RegExp(String.raw`"((?:[^"\\#]|\\.|#\{${CODE}\}|#(?!\{${CODE}\}))*)"`, "gs");

/** The code within a text's `#{…}`, without strings; a command where one does not end in this text, since nobody knows then what is code. */
function interpolated(text: string): string {
  const found = [...text.matchAll(INTERPOLATION)].map(([, code = ""]) => withoutStrings(code));
  const isOpen = text.replaceAll(INTERPOLATION, "").includes("#{");
  return [...found, ...(isOpen ? ["``"] : [])].join(" ; ");
}

/** Code with its strings, symbols and word lists emptied, what is interpolated in them kept. */
export function withoutStrings(code: string): string {
  return code
    .replace(/%[wWiI](\[[^\]]*\]|\([^)]*\)|\{[^}]*\})/g, (_, body) => `[] ${interpolated(body)}`)
    .replace(DOUBLE_QUOTED, (_, body) => `"" ${interpolated(body)}`)
    .replace(/'(?:[^'\\]|\\.)*'/g, '""')
    .replace(/%r?\{[^}]*\}|%q\([^)]*\)/g, '""')
    .replace(/(^|[\s(,{[])\/(?:[^/\\\n]|\\.)+\/[mixou]*/g, '$1""')
    .replace(/(^|[^:\w]):[a-z_]\w*[?!]?/gi, '$1""');
}

const LITERAL = String.raw`(?:"[^"#\\]*"|'[^'\\]*')`;
const OWN_FOLDER = String.raw`(?:__dir__|File\.dirname\(__FILE__\)|File\.expand_path\((?:__dir__|["']\.\.["'], *__FILE__)\))`;
const PATH_FORMS = [
  String.raw`File\.expand_path\(\s*${LITERAL}\s*(?:,\s*(?:__FILE__|${OWN_FOLDER})\s*)?\)`,
  String.raw`File\.join\(\s*${OWN_FOLDER}(?:\s*,\s*${LITERAL})+\s*\)`,
  String.raw`${OWN_FOLDER}\s*\+\s*${LITERAL}`,
  String.raw`"#\{${OWN_FOLDER}\}[^"#\\]*"`,
  LITERAL,
];

/** An expression that names a file in a way that can be followed. */
export const PATH = `(?:${PATH_FORMS.join("|")})`;

/** The path that an expression of the form `PATH` names, relative to the file that it stands in. */
export function pathOf(expression: string): string {
  const own = /^"#\{.*?\}\/?([^"]*)"$/.exec(expression)?.[1];
  if (own !== undefined && !/^"[^#]*"$/.test(expression)) return own;
  const ownFolder = new RegExp(`^(?:File\\.join\\(\\s*)?${OWN_FOLDER}`);
  const literals = expression.replace(ownFolder, "").match(new RegExp(LITERAL, "g")) ?? [];
  if (/,\s*__FILE__\s*\)$/.test(expression)) return (literals[0] ?? "").slice(1, -1).replace(/^\.\.\/?/, "");
  return literals
    .map((literal) => literal.slice(1, -1))
    .join("/")
    .replace(/^\/+(?=.)/, expression.startsWith("__") || expression.startsWith("File.dirname") ? "" : "/");
}

/** Methods and constants by which Ruby runs other code, or reaches files; and Bundler's own that do. */
const REACHES =
  /(?<![.\w@$:])(require|require_relative|load|autoload|eval|instance_eval|instance_exec|class_eval|module_eval|send|public_send|__send__|method|open|system|exec|spawn|fork|popen|readlines?|gets|binding|const_get|plugin|gemspec|eval_gemfile|path|__FILE__|__dir__|DATA)(?![\w:?!])|\.(send|public_send|instance_eval|class_eval|const_get|eval_gemfile)\b|`|%x|<<[~-]?["']?[A-Z]|\$[A-Z:<]\w*/;

/** Constants whose methods are harmless. */
const HARMLESS_CONSTANTS =
  /^(ENV|RUBY_\w+|Gem(::(Version|Requirement|Platform|Specification|Dependency))?|Integer|Float|String|Array|Hash|Set|Time|Date|Regexp|Comparable|Bundler::VERSION|Gem::VERSION|([A-Z]\w*::)*([A-Z]\w*_)?VERSION)$/;

/** Asks for a file or a folder in a way that fails where it is not. */
const NEEDS_FILES = new RegExp(
  String.raw`\b(?:Dir\.(?:children|entries|each_child|foreach|new|open|opendir|chdir(?!\s*\(?\s*${OWN_FOLDER}\s*\)?\s*(?:do|\{)))|(?:File|IO)\.(?:read\w*|binread|foreach|open|new|size|stat|lstat|[acm]time|realpath|readlink|ftype)\b(?!\?)|Pathname\b|FileUtils\b)`,
);

/** A line of `code`, which lists files, that fails where the sources are not. */
export function failingIn(code: string): string | undefined {
  return code
    .split("\n")
    .find((line) => NEEDS_FILES.test(line))
    ?.trim();
}

/** What in `code`, of which everything understood is cut out, could lead to more files: the line, for people. Undefined where nothing could. */
export function unknownIn(code: string): string | undefined {
  const bare = withoutStrings(code).split("\n");
  const lines = code.split("\n");
  const index = bare.findIndex(
    (line) =>
      REACHES.test(line) ||
      [...line.matchAll(/(?<![\w:@$])((?:[A-Z]\w*)(?:::[A-Z]\w*)*)\s*(?:\.|::)\s*[a-z_]/g)].some(
        ([, name = ""]) => !HARMLESS_CONSTANTS.test(name),
      ),
  );
  if (index < 0) return undefined;
  const line = (lines.length === bare.length ? lines[index] : bare[index])?.trim() ?? "";
  return line.length > 50 ? `${line.slice(0, 47)}...` : line;
}
