import { subcommands } from "./subcommands.ts";

/** pnpm. Any other word runs a script. */
export const pnpm = subcommands({
  name: "pnpm",
  commands: ["pnpm", "pnpx"],
  purposes: {
    dependencies: ["install", "i", "add", "fetch", "rebuild", "prune", "deploy"],
    system: ["env use", "self-update", "setup"],
    files: ["config", "config set", "init"],
    clean: ["store prune", "cache delete"],
  },
  valued: ["-C", "--dir", "--filter", "-F", "--store-dir", "--registry"],
  otherwise: "build",
});
