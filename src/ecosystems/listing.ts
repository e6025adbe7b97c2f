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
  // .NET.
  String.raw`\b(Directory\.(Get|Enumerate)(Files|Directories|FileSystemEntries)|new (DirectoryInfo|PhysicalFileProvider))\(`,
  // Java and its kin.
  String.raw`\bFiles\.(list|walk|find|walkFileTree|newDirectoryStream)\(`,
];

/** The folder of the project, or a pattern of its entries: `"."`, `"*.md"`. */
const OWN = String.raw`(\s*(Path\.of|Paths\.get)\()?\s*&?\s*["'\`](?!\/)`;

/** Behind another argument. */
const OWN_ELSEWHERE = String.raw`\b(Static(FS)?|Files::new)\([^)]*["'\`]\.\/?["'\`]`;
const COMPUTED_ELSEWHERE = String.raw`\.(Readdir|Readdirnames|listFiles|listRoots|walkTopDown)\b`;

const LISTS_PROJECT = new RegExp([...LISTERS.map((called) => `${called}(?!${NAMED})${OWN}`), OWN_ELSEWHERE].join("|"));
const LISTS_ANY = new RegExp([...LISTERS.map((called) => `${called}(?!${NAMED})`), COMPUTED_ELSEWHERE].join("|"));

/** Tests, and code of others, whose users say what it lists. */
const OTHERS_CODE = /_test\.go$|Tests?\.(java|kt)$|(^|\/)(vendor|third_party|node_modules|tests?)\//;

/**
 * What code among the `sources` of a project may find in folders that it does not name: any file where it lists the project's own, and data, which
 * is all but sources, where the folder is computed.
 */
export function foundByListing(project: BuildContext, sources: readonly string[]): "all" | "data" | "nothing" {
  const texts = sources.filter((path) => !OTHERS_CODE.test(path)).map((path) => project.read(path) ?? "");
  if (texts.some((text) => LISTS_PROJECT.test(text))) return "all";
  return texts.some((text) => LISTS_ANY.test(text)) ? "data" : "nothing";
}
