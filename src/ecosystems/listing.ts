/** Code of compiled languages that looks into folders: what it finds there, nothing names. */
import type { BuildContext } from "../context/index.ts";

/** The first argument of what lists a folder, where it is a string that begins with a name: `"posts/*.md"`, `"./posts"`. */
const NAMED = String.raw`(\s*(Path\.of|Paths\.get)\()?\s*&?\s*["'\`](\.\.?\/)*[\w-][^"'\`*?[{/]*(["'\`/])`;

const LISTERS = [
  // Go, with gin, echo and fiber.
  String.raw`\b(os\.(ReadDir|DirFS|OpenRoot|CopyFS)|ioutil\.ReadDir|filepath\.(Walk|WalkDir|Glob)|http\.Dir|LoadHTMLGlob|ParseGlob)\(`,
  // Rust, with glob, walkdir, Tera, tower-http, Actix, Rocket and warp.
  String.raw`\b(read_dir|glob|(WalkDir|Walk|ServeDir|Tera|FileServer)::(new|from)|fs::dir)\(`,
  // C and C++.
  String.raw`\b(opendir|scandir|n?ftw|fts_open|(recursive_)?directory_iterator)\s*(\w+\s*)?[({]`,
  // Elixir, whose calls need no brackets.
  String.raw`\b(File\.ls!?|Path\.wildcard)[( ]`,
  // Java and its kin.
  String.raw`\bFiles\.(list|walk|find|walkFileTree|newDirectoryStream)\(`,
].map((called) => `${called}(?!${NAMED})`);

/** Whose folder stands elsewhere, or behind another argument. */
const ELSEWHERE = [
  String.raw`\.(Readdir|Readdirnames|listFiles|listRoots|walkTopDown)\b`,
  String.raw`\b(Static(FS)?|Files::new)\([^)]*["'\`]\.\/?["'\`]`,
];

const LISTS = new RegExp([...LISTERS, ...ELSEWHERE].join("|"));

/** Tests, and code of others, whose users say what it lists. */
const OTHERS_CODE = /_test\.go$|Tests?\.(java|kt)$|(^|\/)(vendor|third_party|node_modules|tests?)\//;

/** Whether code among the `sources` of a project may list folders that it does not name. */
export function listsFolders(project: BuildContext, sources: readonly string[]): boolean {
  return sources.some((path) => !OTHERS_CODE.test(path) && LISTS.test(project.read(path) ?? ""));
}
