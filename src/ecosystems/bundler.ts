import { subcommands } from "./subcommands.ts";

/** Ruby's Bundler. */
export const bundler = subcommands({
  name: "bundler",
  commands: ["bundle", "bundler"],
  purposes: {
    dependencies: ["install", "update"],
    build: ["exec"],
    files: ["config"],
    clean: ["clean"],
  },
});
