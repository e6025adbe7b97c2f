import type { Files, Project, Tool } from "./project.ts";

const member = (name: string, more = "") => `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n${more}`;
const workspace: Files = {
  "Cargo.toml": '[workspace]\nmembers = ["app", "lib"]\nresolver = "2"\n',
  "app/Cargo.toml": member("app", '[dependencies]\nlib = { path = "../lib" }\nitoa = "1"\n'),
  "app/build.rs": 'fn main() { println!("cargo:rerun-if-changed=letters.txt"); }\n',
  "app/letters.txt": "abc",
  "app/src/main.rs": "fn main() { lib::say() }\n",
  "lib/Cargo.toml": member("lib"),
  "lib/src/lib.rs": "pub fn say() {}\n",
};
const { "Cargo.toml": _, ...members } = workspace;
const reads = /reads the sources/;
const prepare = "cargo generate-lockfile";

const projects: readonly Project[] = [
  { says: "fetches for a workspace", files: workspace, prepare, command: "cargo fetch --locked" },
  {
    says: "fetches for the workspace above",
    files: workspace,
    from: "app",
    prepare,
    command: "cargo fetch",
  },
  { says: "fetches for a package and the one it names", files: members, from: "app", prepare, command: "cargo fetch" },
  {
    says: "makes a lock",
    files: { "Cargo.toml": member("app"), "src/main.rs": "fn main() {}\n" },
    command: "cargo fetch",
  },
  {
    says: "needs the files of targets, whatever is in them",
    files: {
      "Cargo.toml": member(
        "app",
        'links = "z"\n[lib]\ncrate-type = ["cdylib"]\n[[bin]]\nname = "say"\n[[bench]]\nname = "speed"\nharness = false\n',
      ),
      "build.rs": "",
      "src/lib.rs": "",
      "src/bin/say/main.rs": "",
      "benches/speed.rs": "",
    },
    prepare,
    command: "cargo fetch --locked --target x86_64-unknown-linux-gnu",
  },
  {
    says: "reads settings above",
    files: { ...workspace, ".cargo/config.toml": "[term]\nquiet = true\n" },
    from: "app",
    prepare,
    command: "cargo fetch",
    reads: ".cargo/config.toml",
  },
  {
    says: "builds a workspace",
    files: workspace,
    command: "cargo build --release",
    blocked: reads,
    reads: "app/letters.txt",
  },
];

/** A target's file counts by its name, not by what is in it. */
const idle = [
  [
    /(^|\/)(src|examples|tests|benches)(\/.*)?$/,
    "looked for as the file of a target, to which an empty one is the same",
  ],
  [/(^|\/)build\.rs$/, "looked for as a build script, and not run"],
  [/(^|\/)target(\/.*)?$/, "nothing is built"],
  [/(^|\/)README(\.(md|txt))?$/, "its name goes into what would be published"],
  [/(^|\/)rustc$/, "its time counts for a cache of what the compiler says of itself"],
] as const;

export const cargo: Tool = { name: "cargo", base: "rust:1.85", projects, idle };
