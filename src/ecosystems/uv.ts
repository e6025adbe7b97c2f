import { subcommands } from "./subcommands.ts";

/** uv, for Python. */
export const uv = subcommands({
  name: "uv",
  purposes: {
    dependencies: ["sync", "pip install", "pip sync", "pip compile", "lock", "add", "export"],
    system: ["python install", "tool install"],
    build: ["build", "run"],
    files: ["venv"],
    clean: ["cache clean", "cache prune"],
  },
});
