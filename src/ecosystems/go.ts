import { subcommands } from "./subcommands.ts";

/** The Go command. */
export const go = subcommands({
  name: "go",
  purposes: {
    dependencies: ["mod download", "mod vendor", "mod tidy", "get"],
    build: ["build", "install", "test", "run", "vet", "generate"],
    files: ["env", "mod init", "version", "mod verify"],
    clean: ["clean"],
  },
  valued: ["-C"],
});
