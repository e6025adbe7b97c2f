/** Build scripts (`build.rs`), which may do anything; Cargo asks them to write to OUT_DIR alone (The Cargo Book, Build Scripts). */

/** Crates that write to OUT_DIR, or nowhere. */
const TAME = [
  ...["std", "core", "alloc", "cc", "cmake", "tonic_build", "tonic_prost_build", "prost_build", "protobuf_codegen"],
  ...["bindgen", "cbindgen", "vergen", "vergen_git2", "vergen_gitcl", "built", "shadow_rs", "pkg_config", "autocfg"],
  ...["version_check", "rustc_version", "chrono", "time", "anyhow", "dotenv", "dotenvy", "walkdir", "glob", "regex"],
  ...["serde", "serde_json", "toml", "quote", "proc_macro2", "syn", "lalrpop", "phf_codegen", "minify_html", "sha2"],
];

/** Programs that tell, and write nothing. */
const TELLING = ["git", "rustc", "date", "hostname", "uname"];

const WRITING =
  /\b(?:fs::(?:write|copy|rename|create_dir|create_dir_all|hard_link)|File::create(?:_new)?|symlink|DirBuilder)\s*\(\s*("[^"]*")?/g;

/** What a build script may do outside of its own folder, as a sentence's verb and object; undefined for one that stays there. */
export function buildScriptProblem(text: string): string | undefined {
  const code = text.replace(/^\s*\/\/.*$/gm, "");
  const program = [...code.matchAll(/\bCommand::new\s*\(\s*(?:"([^"]*)")?/g)].find(
    ([, name]) => !TELLING.includes(name ?? ""),
  );
  if (program) return `runs ${program[1] ?? "a program"}, which may write anywhere`;
  const writes = [...code.matchAll(WRITING)];
  const isInOutDir = code.includes("OUT_DIR") || (writes.length === 0 && !/\bOpenOptions\b/.test(code));
  if (!isInOutDir || writes.some(([, literal]) => literal !== undefined)) return "may write outside of OUT_DIR";
  const own = new Set([...code.matchAll(/\b(?:mod|enum|struct|type|fn)\s+(\w+)/g)].map(([, name]) => name));
  // What is printed for Cargo begins with `"cargo::`.
  const crates = [...code.matchAll(/(?:^|[^\w:"])([a-z]\w*)::/gm)].map(([, name]) => name!);
  const paths = ["crate", "self", "super", "env", "fs", "io", "path", "process", "fmt", "str", "collections", "time"];
  const other = crates.find((name) => !TAME.includes(name) && !paths.includes(name) && !own.has(name));
  if (other !== undefined && !PRIMITIVE.test(other)) return `calls ${other}, which may write anywhere`;
  const folder = /\.(?:out_dir|compile_to|write_to_file)\s*\(\s*"([^"]*)"/.exec(code)?.[1];
  return folder === undefined || /^(\.\/)?src(\/|$)/.test(folder) ? undefined : `writes to ${folder}`;
}

/** `include!(concat!(env!("OUT_DIR"), "/words.rs"))` */
const EMBEDDED = /\b\w*include\w*!\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g;

/**
 * Whether a source has the program look for what its build script left: OUT_DIR, or a variable that the script set, in anything but what the compiler
 * embeds.
 */
export function looksForLeftovers(source: string): boolean {
  const code = source.replace(/^\s*\/\/.*$/gm, "").replace(EMBEDDED, "");
  return OUT_DIR.test(code);
}

const OUT_DIR =
  /\benv!\s*\(\s*"OUT_DIR"|\b(read\w*|open|(Path|PathBuf|Command)::(new|from)|with_path)\s*\(\s*(option_)?env!\s*\(\s*"(?!CARGO_)/;

const PRIMITIVE = /^([iu](8|16|32|64|128|size)|f32|f64|bool|char|str)$/;
