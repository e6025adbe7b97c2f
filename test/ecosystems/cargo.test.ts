import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { cacheOf, type Fetch, fetchFor, footprintOf, recognise, workingFolderOf } from "../../src/ecosystems/index.ts";
import { commandsOf, inputsOf, invocationOf, type Place } from "./calls.ts";

const base = "rust:1.85";
const manifest = (more = "", name = "letters") =>
  `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n${more}`;
const needs = '[dependencies]\nitoa = "1"\n';
const lock =
  'version = 4\n\n[[package]]\nname = "itoa"\nversion = "1.0.14"\nsource = "registry+https://crates.example/"\n';
const plain = { "Cargo.toml": manifest(needs), "Cargo.lock": lock, "src/main.rs": "fn main() {}" };
const homes = ["/usr/local/cargo", "~/.cargo"].flatMap((home) =>
  ["registry", "git", ".package-cache", ".package-cache-mutate", ".global-cache"].map((name) => `${home}/${name}`),
);

/** What is fetched ahead of the first command of `script`. */
function fetchOf(script: string, files: Readonly<Record<string, string>>, place: Place = {}): Fetch | undefined {
  const env = new Map(Object.entries(place.env ?? {}));
  return fetchFor(invocationOf(script)!, memoryContext(files), place.folder ?? "", { cwd: "/app", env, base });
}

const fetchInputs = (files: Readonly<Record<string, string>>, place: Place = {}) =>
  inputsOf("cargo fetch", files, { base, ...place });

describe("cargo fetch", () => {
  test("needs the manifest, the lock and a file for the target", () => {
    expect(fetchInputs(plain)).toEqual({
      files: ["Cargo.toml", "Cargo.lock"],
      standIns: ["src/main.rs"],
      writes: [],
      fetched: homes,
    });
  });

  test("writes a lock where there is none", () => {
    const { "Cargo.lock": _, ...rest } = plain;
    expect(fetchInputs(rest)).toMatchObject({ files: ["Cargo.toml"], writes: ["Cargo.lock"] });
  });

  test("needs no file for a target with a path of its own", () => {
    const bin = manifest('[[bin]]\nname = "say"\npath = "source/say.rs"\n');
    expect(fetchInputs({ ...plain, "Cargo.toml": bin })).not.toHaveProperty("standIns");
  });

  test.each([
    ["of a library", "", ["src/lib.rs"], ["src/lib.rs"]],
    ["of a library before that of a program", "", ["src/lib.rs", "src/main.rs"], ["src/lib.rs"]],
    ["of one of several programs", "", ["src/bin/read.rs", "src/bin/write/main.rs"], ["src/bin/read.rs"]],
    ["of a named library", "[lib]\ncrate-type = ['cdylib']\n", ["src/lib.rs", "src/main.rs"], ["src/lib.rs"]],
    ["of a program named like the package", "[[bin]]\nname = 'letters'\n", ["src/main.rs"], ["src/main.rs"]],
    [
      "of named programs",
      "[[bin]]\nname = 'a'\n[[bin]]\nname = 'b'\n",
      ["src/bin/a.rs", "src/bin/b/main.rs"],
      ["src/bin/a.rs", "src/bin/b/main.rs"],
    ],
    [
      "of a benchmark",
      "[[bench]]\nname = 'speed'\nharness = false\n",
      ["src/lib.rs", "benches/speed.rs"],
      ["benches/speed.rs", "src/lib.rs"],
    ],
    ["of the program that is run", "default-run = 'say'\n", ["src/main.rs", "src/bin/say.rs"], ["src/bin/say.rs"]],
    ["of a build script that links", "links = 'z'\n", ["src/lib.rs", "build.rs"], ["build.rs", "src/lib.rs"]],
  ])("needs the file %s", (_, more, sources, standIns) => {
    const files = Object.fromEntries(sources.map((path) => [path, ""]));
    expect(fetchInputs({ "Cargo.toml": manifest(more), ...files })).toMatchObject({ standIns });
  });

  const members = {
    "Cargo.toml": `[workspace]\nmembers = ["app", "crates/*"]\nexclude = ["crates/old"]\n[workspace.dependencies]\nshapes = { path = "shapes" }\n[patch.crates-io]\nitoa = { path = "forks/itoa" }\n`,
    "Cargo.lock": lock,
    "app/Cargo.toml": manifest(
      `[dependencies]\nwords = { path = "../crates/words" }\n[target.'cfg(unix)'.dev-dependencies]\nshapes.workspace = true\n`,
      "app",
    ),
    "app/src/main.rs": "",
    "crates/words/Cargo.toml": manifest("", "words"),
    "crates/words/src/lib.rs": "",
    "crates/old/Cargo.toml": manifest("", "old"),
    "crates/notes.md": "",
    "shapes/Cargo.toml": manifest("", "shapes"),
    "shapes/src/lib.rs": "",
    "forks/itoa/Cargo.toml": manifest("", "itoa"),
    "forks/itoa/src/lib.rs": "",
  };

  test("reads the members of a workspace, packages by their path and patches", () => {
    const folders = ["app", "crates/words", "forks/itoa", "shapes"];
    expect(fetchInputs(members)).toMatchObject({
      files: ["Cargo.toml", ...folders.map((folder) => `${folder}/Cargo.toml`), "Cargo.lock"],
      standIns: ["app/src/main.rs", "crates/words/src/lib.rs", "forks/itoa/src/lib.rs", "shapes/src/lib.rs"],
    });
  });

  test("finds the workspace above a member", () => {
    const inputs = fetchInputs(members, { folder: "app" });
    expect(inputs).toMatchObject({ files: expect.arrayContaining(["../Cargo.toml", "Cargo.toml", "../Cargo.lock"]) });
    expect(fetchInputs({ ...members, "crates/old/src/lib.rs": "" }, { folder: "crates/old" })).toMatchObject({
      files: ["Cargo.toml"],
    });
  });

  test("reads settings and the choice of a toolchain, also above", () => {
    const files = {
      "app/Cargo.toml": manifest(),
      "app/src/lib.rs": "",
      ".cargo/config.toml": "[net]\ngit-fetch-with-cli = true\n",
      "rust-toolchain.toml": '[toolchain]\nchannel = "1.85"\n',
    };
    expect(fetchInputs(files, { folder: "app" })).toMatchObject({
      files: ["Cargo.toml", "../.cargo/config.toml", "../rust-toolchain.toml"],
      fetched: expect.arrayContaining(["/usr/local/rustup"]),
    });
  });

  test("writes where CARGO_HOME says", () => {
    expect(fetchInputs(plain, { env: { CARGO_HOME: "/cargo" } })).toMatchObject({
      fetched: homes.slice(0, 5).map((path) => path.replace("/usr/local/cargo", "/cargo")),
    });
  });

  test.each([
    ["a package outside", { "Cargo.toml": manifest('[dependencies]\nwords = { path = "../words" }\n') }],
    ["a package by an absolute path", { "Cargo.toml": manifest('[dependencies]\nwords = { path = "/words" }\n') }],
    ["a member that is not there", { "Cargo.toml": '[workspace]\nmembers = ["app"]\n' }],
    ["a manifest that is no TOML", { "Cargo.toml": "[package" }],
    ["another workspace", { "Cargo.toml": manifest('workspace = ".."\n') }],
    ["paths in the settings", { ".cargo/config.toml": 'paths = ["words"]\n' }],
    ["a wrapper", { ".cargo/config.toml": '[build]\nrustc-wrapper = "./wrap"\n' }],
    ["a target of its own", { ".cargo/config.toml": '[build]\ntarget = "mine.json"\n' }],
    ["a toolchain in a folder", { "rust-toolchain.toml": '[toolchain]\npath = "tools"\n' }],
  ])("is blocked by %s", (_, files) => {
    expect(fetchInputs({ ...plain, ...files })).toHaveProperty("blocked");
  });

  test("a workspace above another package's folder blocks", () => {
    const files = {
      "app/Cargo.toml": manifest('[dependencies]\nwords = { path = "../more/words" }\n'),
      "app/src/main.rs": "",
      "more/Cargo.toml": '[workspace]\nmembers = ["words"]\n',
      "more/words/Cargo.toml": manifest("", "words"),
      "more/words/src/lib.rs": "",
    };
    expect(fetchInputs(files, { folder: "app" })).toEqual({ blocked: expect.stringContaining("more/Cargo.toml") });
  });
});

describe("what is fetched ahead", () => {
  test.each([
    ["cargo build --release", "cargo fetch"],
    ["cargo build -r --locked --bin letters", "cargo fetch --locked"],
    ["cargo build --target x86_64-unknown-linux-musl --release", "cargo fetch --target x86_64-unknown-linux-musl"],
    ["cargo build --target=$TARGET --release", "cargo fetch"],
    ["cargo +nightly build", "cargo +nightly fetch"],
    ["cargo install --path .", "cargo fetch"],
    ["cargo install --locked --path=/app --root /usr/local", "cargo fetch --locked"],
    ["cargo test", "cargo fetch"],
    ["RUSTFLAGS='-C target-cpu=native' cargo build", "cargo fetch"],
    ["cargo fetch --locked", "cargo fetch --locked"],
  ])("for %s it is %s", (script, command) => {
    expect(fetchOf(script, plain)).toEqual({ command });
    expect(recognise(commandsOf(command)[0]!)).toMatchObject({ ecosystem: "cargo", purpose: "dependencies" });
  });

  test.each([
    ["nothing is locked but the project", "cargo build", { ...plain, "Cargo.lock": "version = 4\n" }, {}],
    [
      "nothing is named but packages by their path",
      "cargo build",
      {
        "Cargo.toml": manifest('[dependencies]\nw = { path = "w" }\n'),
        "w/Cargo.toml": manifest("", "w"),
        "w/src/lib.rs": "",
        "src/lib.rs": "",
      },
      {},
    ],
    [
      "packages are vendored",
      "cargo build",
      {
        ...plain,
        ".cargo/config.toml":
          '[source.crates-io]\nreplace-with = "vendored"\n[source.vendored]\ndirectory = "vendor"\n',
      },
      {},
    ],
    ["settings say offline", "cargo build", { ...plain, ".cargo/config.toml": "[net]\noffline = true\n" }, {}],
    ["the command says offline", "cargo build --offline", plain, {}],
    ["the environment says offline", "cargo build", plain, { CARGO_NET_OFFLINE: "true" }],
    ["there is no project", "cargo build", { "main.rs": "" }, {}],
    ["it is a tool of the system", "cargo install cargo-watch", plain, {}],
    ["it is rustup", "rustup target add x86_64-unknown-linux-musl", plain, {}],
  ])("is nothing where %s", (_, script, files, env) => {
    expect(fetchOf(script, files, { env })).toBeUndefined();
  });

  test.each([
    ["another manifest", "cargo build --manifest-path app/Cargo.toml", plain, /--manifest-path may name/],
    ["unstable options", "cargo build -Zbuild-std=core", plain, /-Zbuild-std=core may name/],
    [
      "a target without its file",
      "cargo build",
      { ...plain, "Cargo.toml": manifest(`[[bin]]\nname = "say"\n${needs}`) },
      /bin say whose file/,
    ],
    ["no target", "cargo build", { "Cargo.toml": manifest(needs) }, /no target/],
    [
      "a missing package",
      "cargo build",
      { ...plain, "Cargo.toml": manifest('[dependencies]\nw = { path = "w" }\n') },
      /lacks/,
    ],
  ])("is declined for %s", (_, script, files, reason) => {
    expect(fetchOf(script, files)).toEqual({ blocked: expect.stringMatching(reason) });
  });

  test("is declined where the manifest lies above", () => {
    const files = { ...plain, "src/deep/notes.txt": "" };
    expect(fetchOf("cargo build", files, { folder: "src/deep" })).toEqual({
      blocked: expect.stringMatching(/lies above/),
    });
  });
});

test("cargo install --path works in the folder that it names", () => {
  expect(workingFolderOf(invocationOf("cargo install --path tools/say")!, "/app")).toBe("/app/tools/say");
  expect(workingFolderOf(invocationOf("cargo install --path /src")!, undefined)).toBe("/src");
  expect(workingFolderOf(invocationOf("cargo build")!, "/app")).toBe("/app");
});

test("what it leaves behind is declared", () => {
  expect(cacheOf("/usr/local/cargo/registry/index")).toBe("cargo");
});

describe("rustup", () => {
  const footprint = (script: string, env: Readonly<Record<string, string>> = {}) =>
    footprintOf(invocationOf(script)!, { cwd: "/app", env: new Map(Object.entries(env)), base });

  test("brings targets into its own folders, for the toolchain that the project names", () => {
    const found = footprint("rustup target add wasm32-unknown-unknown");
    expect(found?.writes).toContain("/usr/local/rustup");
    expect(found?.lookedFor).toContain("/app/rust-toolchain.toml");
    expect(footprint("rustup component add clippy", { CARGO_HOME: "/cargo" })?.writes).toContain("/cargo");
  });

  test.each(["rustup toolchain install ./rust", "rustup target add $TARGET", "rustup update --path x"])(
    "may do anything by %s",
    (script) => {
      expect(footprint(script)).toBeUndefined();
    },
  );
});

describe("cargo install cargo-chef", () => {
  const footprint = (script: string, env: Readonly<Record<string, string>> = {}) =>
    footprintOf(invocationOf(script)!, { cwd: "/app", env: new Map(Object.entries(env)), base });

  test("leaves a program that no build takes notice of", () => {
    const found = footprint("cargo install cargo-chef --locked --version 0.1.77", { CARGO_HOME: "/cargo" });
    expect(found).toMatchObject({ unnoticed: true, network: true });
    expect(found?.writes).toContain("/cargo/bin/cargo-chef");
    expect(found?.reads).toContain("/usr/lib");
  });

  test("fills the home of who calls it", () => {
    const writes = footprint("cargo install cargo-chef", { HOME: "/srv/cook" })?.writes;
    expect(writes).toContain("/srv/cook/.cargo/bin/cargo-chef");
    expect(writes).toContain("/usr/local/cargo/bin/cargo-chef");
  });

  test.each([
    ["CARGO_TARGET_DIR", "/build/target", "/build/target"],
    ["CARGO_BUILD_TARGET_DIR", "out", "/app/out"],
  ])("compiles where %s says", (name, value, folder) => {
    expect(footprint("cargo install cargo-chef", { [name]: value })?.writes).toContain(folder);
  });

  test("compiles with the toolchain that rustup keeps", () => {
    expect(footprint("cargo install cargo-chef")?.reads).toContain("/usr/local/rustup");
    expect(footprint("cargo install cargo-chef", { RUSTUP_HOME: "/opt/rustup" })?.reads).toContain("/opt/rustup");
  });

  test("is not known where a build says where it compiles", () => {
    const env = new Map([["CARGO_TARGET_DIR", undefined]]);
    expect(footprintOf(invocationOf("cargo install cargo-chef")!, { cwd: "/app", env, base })).toBeUndefined();
  });

  test.each([
    "cargo install cargo-chef --git https://example.org/chef",
    "cargo install cargo-chef cargo-nextest",
    "cargo install cargo-watch",
    "cargo install cargo-chef --root $ROOT",
  ])("may do anything by %s", (script) => expect(footprint(script)).toBeUndefined());
});
