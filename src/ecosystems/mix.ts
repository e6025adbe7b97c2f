import { subcommands } from "./subcommands.ts";

/** Elixir's build tool. */
export const mix = subcommands({
  name: "mix",
  purposes: {
    system: ["local.hex", "local.rebar", "archive.install"],
    dependencies: ["deps.get", "deps.update"],
    build: ["compile", "deps.compile", "release", "assets.deploy", "phx.digest", "test", "do"],
    clean: ["clean", "deps.clean"],
  },
});
