import { subcommands } from "./subcommands.ts";

/** Poetry and PDM, for Python. */
export const poetry = subcommands({
  name: "poetry",
  commands: ["poetry", "pdm"],
  purposes: {
    dependencies: ["install", "sync", "update", "add", "lock", "export"],
    build: ["build", "run"],
    files: ["config"],
    clean: ["cache clear"],
  },
});
