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
const blocked = /refit does not know which files `cargo \w+` reads/;

const projects: readonly Project[] = [
  {
    says: "asks for the sources that a manifest leaves out",
    files: workspace,
    command: "cargo fetch",
    blocked,
    reads: "lib/src/lib.rs",
  },
  { says: "builds a workspace", files: workspace, command: "cargo build --release", blocked, reads: "app/letters.txt" },
  {
    says: "reads settings above",
    files: { ...workspace, ".cargo/config.toml": "[term]\nquiet = true\n" },
    from: "app",
    command: "cargo check",
    blocked,
    reads: ".cargo/config.toml",
  },
];

export const cargo: Tool = { name: "cargo", base: "rust:1.85", projects, idle: [] };
