import { randomBytes } from "node:crypto";
import { posix } from "node:path";

/** What opens and closes a comment, by the file's ending or, without one, by its name. */
const COMMENTS: readonly (readonly [RegExp, string, string])[] = [
  [/\.([cm]?[jt]sx?|go|rs|java|kts?|scala|c|cc|cpp|h|hpp|cs|swift|dart|groovy|gradle|proto)$/i, "// ", ""],
  [/\.(py|rb|sh|bash|ya?ml|toml|pl|r|exs?|conf|properties|mk|gitignore|dockerignore|env)$/i, "# ", ""],
  [/^(Dockerfile|Makefile|Gemfile|Rakefile)/, "# ", ""],
  [/\.(html?|xml|svg|md|vue|svelte)$/i, "<!-- ", " -->"],
  [/\.(css|scss|less)$/i, "/* ", " */"],
  [/\.(sql|lua|hs|elm)$/i, "-- ", ""],
];

/** Of a file, this much tells whether it is text. */
const LOOKED_AT = 8192;

/**
 * `content` with something added that no build has seen yet and that leaves the file valid: a comment where its kind has them, white space
 * in JSON and other text, bytes at the end of the rest.
 */
export function edited(path: string, content: Buffer): Buffer {
  const novelty = randomBytes(8);
  if (content.subarray(0, LOOKED_AT).includes(0)) return Buffer.concat([content, novelty]);
  const newline = content.length === 0 || content.at(-1) === 0x0a ? "" : "\n";
  const [, open, close] = COMMENTS.find(([pattern]) => pattern.test(posix.basename(path))) ?? [];
  const added = open === undefined ? blanks(novelty) : `${open}refit ${novelty.toString("hex")}${close}`;
  return Buffer.concat([content, Buffer.from(`${newline}${added}\n`)]);
}

function blanks(bytes: Buffer): string {
  return [...bytes]
    .map((byte) => byte.toString(2).padStart(8, "0").replaceAll("0", " ").replaceAll("1", "\t"))
    .join("");
}
