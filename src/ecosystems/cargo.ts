import { subcommands } from "./subcommands.ts";

/** Rust's package manager and build tool, with rustup. */
export const cargo = subcommands({
  name: "cargo",
  commands: ["cargo", "rustup"],
  purposes: {
    system: ["install", "component add", "target add", "toolchain install", "default", "update"],
    dependencies: ["fetch", "vendor", "chef cook"],
    build: ["build", "b", "test", "t", "check", "c", "run", "r", "clippy", "doc", "bench", "rustc", "chef prepare"],
    clean: ["clean"],
  },
});
