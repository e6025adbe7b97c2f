import { expect, test } from "vitest";
import { buildScriptProblem, looksForLeftovers } from "../../src/ecosystems/cargo/build-script.ts";

test.each([
  'fn main() {\n    println!("cargo:rerun-if-changed=build.rs");\n}\n',
  'fn main() {\n    println!("cargo::rerun-if-changed=build.rs");\n}\n',
  'fn main() {\n    cc::Build::new().file("native/sea.c").compile("sea");\n}\n',
  'use std::{env, fs, path::Path};\nfn main() {\n    let out = env::var_os("OUT_DIR").unwrap();\n    fs::write(Path::new(&out).join("table.rs"), "").unwrap();\n}\n',
  'use std::process::Command;\nfn main() {\n    Command::new("git").args(["rev-parse", "HEAD"]).output().unwrap();\n}\n',
  'fn main() {\n    tonic_build::configure().out_dir("src/proto").compile(&["a.proto"], &["."]).unwrap();\n}\n',
])("stays in its folder: %j", (text) => expect(buildScriptProblem(text)).toBeUndefined());

test.each([
  [
    'fn main() {\n    std::process::Command::new("npm").arg("ci").status().unwrap();\n}\n',
    "runs npm, which may write anywhere",
  ],
  ['fn main() {\n    std::fs::write("static/version.txt", "1").unwrap();\n}\n', "may write outside of OUT_DIR"],
  ["fn main() {\n    let mut file = std::fs::File::create(path()).unwrap();\n}\n", "may write outside of OUT_DIR"],
  ["fn main() {\n    npm_pages::bundle();\n}\n", "calls npm_pages, which may write anywhere"],
])("may write elsewhere: %j", (text, problem) => expect(buildScriptProblem(text)).toBe(problem));

test.each([
  'let words = fs::read_to_string(concat!(env!("OUT_DIR"), "/words.txt"));',
  'let model = File::open(env!("MODEL_PATH"));',
  'let tool = Command::new(option_env!("TOOL").unwrap());',
])("has the program look for what a build script left: %s", (code) => expect(looksForLeftovers(code)).toBe(true));

test.each([
  'include!(concat!(env!("OUT_DIR"), "/words.rs"));',
  'static MODEL: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/model.bin"));',
  'println!("{}", env!("GIT_HASH"));',
  'let pages = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("pages");',
])("looks for nothing of a build script's: %s", (code) => expect(looksForLeftovers(code)).toBe(false));
