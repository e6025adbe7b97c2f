import { subcommands } from "./subcommands.ts";

/** PDM, for Python. What its hooks, plugins and lock strategies make it read is not known. */
export const pdm = subcommands({
  name: "pdm",
  purposes: {
    dependencies: ["install", "sync", "update", "add", "lock", "export"],
    system: ["self add", "self update", "plugin add", "python install"],
    build: ["build", "run"],
    files: ["config", "venv", "use", "--version"],
    clean: ["cache clear"],
  },
  declares: {
    title: "PDM",
    files: [
      { name: "pyproject.toml", role: "manifest" },
      { name: "pdm.lock", role: "lock" },
      { name: "pdm.toml", role: "settings" },
    ],
    readsMore: [
      { what: "any install", then: "declined", how: "its hooks and plugins may run programs of the project" },
    ],
    installs: [".venv", "__pypackages__", "~/.local/share/pdm/venvs"],
    caches: ["~/.cache/pdm"],
    network: "the package index, and the sources that pyproject.toml names",
    builds: [{ command: "pdm build", outputs: ["dist/"] }],
    developmentOnly: "Dependency groups for development; `--prod` leaves them out.",
  },
});
