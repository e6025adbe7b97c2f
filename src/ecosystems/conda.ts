import { subcommands } from "./subcommands.ts";

/** Conda and its kin: packages of a system of their own, or of the app's `environment.yml`. */
export const conda = subcommands({
  name: "conda",
  commands: ["conda", "mamba", "micromamba"],
  purposes: {
    dependencies: ["env create", "env update", "create"],
    system: ["install", "update", "upgrade"],
    files: ["config", "init"],
    clean: ["clean", "remove"],
  },
  valued: ["-n", "--name", "-p", "--prefix", "-c", "--channel", "-f", "--file"],
});
