import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { type Outputs, outputsOf } from "../../src/ecosystems/index.ts";
import { invocationOf } from "./calls.ts";

type Files = Readonly<Record<string, string>>;

const manifest = (more = "", name = "tides") =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n${more}`;

const workspace: Files = {
  "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/old"]\n',
  "crates/server/Cargo.toml": manifest('[dependencies]\nwords = { path = "../words" }\n', "server"),
  "crates/server/src/main.rs": "",
  "crates/words/Cargo.toml": manifest('[lib]\ncrate-type = ["cdylib"]\n', "sea-words"),
  "crates/words/src/lib.rs": "",
  "crates/old/Cargo.toml": manifest("", "old"),
  "crates/old/src/main.rs": "",
};

function outputs(script: string, files: Files = {}, env: Files = {}): Outputs {
  const surroundings = { cwd: "/app", env: new Map(Object.entries(env)), base: "rust:1.85" };
  const all = { "Cargo.toml": manifest(), "src/main.rs": "", ...files };
  return outputsOf(invocationOf(script)!, memoryContext(all), surroundings);
}

describe("a build makes", () => {
  test.each<[string, string, Files, readonly string[]]>([
    ["a program", "cargo build --release", {}, ["target/release/tides"]],
    ["one to debug", "cargo build", {}, ["target/debug/tides"]],
    ["one by a profile", "cargo b --profile slim", {}, ["target/slim/tides"]],
    [
      "one for a platform",
      "cargo build -r --target aarch64-unknown-linux-gnu",
      {},
      ["target/aarch64-unknown-linux-gnu/release/tides"],
    ],
    ["one elsewhere", "cargo build --target-dir /out", {}, ["/out/debug/tides"]],
    ["by settings", "cargo build", { ".cargo/config.toml": '[build]\ntarget-dir = "made"\n' }, ["made/debug/tides"]],
    ["with a toolchain", "cargo +nightly build -r", {}, ["target/release/tides"]],
    [
      "those in src/bin",
      "cargo build -r",
      { "src/bin/fill.rs": "", "src/bin/drain/main.rs": "" },
      ["target/release/tides", "target/release/drain", "target/release/fill"],
    ],
    ["one of several", "cargo build -r --bin fill", { "src/bin/fill.rs": "" }, ["target/release/fill"]],
    [
      "by another name",
      "cargo build -r",
      { "Cargo.toml": manifest('[[bin]]\nname = "storm"\npath = "src/main.rs"\n') },
      ["target/release/storm"],
    ],
    [
      "without a feature",
      "cargo build -r",
      { "Cargo.toml": manifest('[[bin]]\nname = "fill"\nrequired-features = ["tools"]\n'), "src/bin/fill.rs": "" },
      ["target/release/tides"],
    ],
    [
      "with a feature",
      "cargo build -r --features all",
      {
        "Cargo.toml": manifest(
          '[[bin]]\nname = "fill"\nrequired-features = ["tools"]\n[features]\nall = ["tools"]\ntools = []\n',
        ),
        "src/bin/fill.rs": "",
      },
      ["target/release/fill", "target/release/tides"],
    ],
    ["all of a workspace", "cargo build -r", workspace, ["target/release/server", "target/release/libsea_words.so"]],
    ["one of a workspace", "cargo build -r -p server", workspace, ["target/release/server"]],
    ["all but one", "cargo build -r --workspace --exclude sea-words", workspace, ["target/release/server"]],
    ["nothing that stays", "cargo test", {}, []],
  ])("%s", (_, script, files, made) => expect(outputs(script, files)).toEqual({ outputs: made }));

  test("where variables say", () => {
    expect(outputs("cargo build", {}, { CARGO_TARGET_DIR: "/made" })).toEqual({ outputs: ["/made/debug/tides"] });
    expect(outputs("cargo install --path .", {}, { CARGO_HOME: "/home" })).toEqual({ outputs: ["/home/bin/tides"] });
  });

  test.each<[string, string, Files, string]>([
    ["a computed platform", "cargo build --target $T", {}, "--target"],
    ["settings of the command line", "cargo build --config a.toml", {}, "--config"],
    ["another manifest", "cargo build --manifest-path app/Cargo.toml", {}, "--manifest-path"],
    ["for another system", "cargo build --target wasm32-wasip1", {}, "names of their own"],
    [
      "a library of the toolchain's",
      "cargo build",
      { "Cargo.toml": manifest('[lib]\ncrate-type = ["dylib"]\n') },
      "dylib",
    ],
    ["a package from elsewhere", "cargo build -p serde", {}, "serde"],
    ["a program that is run", "cargo run", {}, "cargo run"],
    ["commands by settings", "cargo build", { ".cargo/config": '[alias]\nbuild = "xtask"\n' }, "another command"],
  ])("%s: not known", (_, script, files, reason) =>
    expect(outputs(script, files)).toEqual({ unknown: expect.stringContaining(reason) }),
  );
});

describe("an install makes", () => {
  test.each<[string, Files, readonly string[]]>([
    ["cargo install --path .", {}, ["/usr/local/cargo/bin/tides"]],
    ["cargo install --path . --root /usr/local", {}, ["/usr/local/bin/tides"]],
    ["cargo install --path crates/server", workspace, ["/usr/local/cargo/bin/server"]],
  ])("%s", (script, files, made) => expect(outputs(script, files)).toEqual({ outputs: made }));
});
