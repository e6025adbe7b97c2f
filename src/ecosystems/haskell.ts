import { subcommands } from "./subcommands.ts";

/** Cabal and Stack. */
export const haskell = subcommands({
  name: "haskell",
  commands: ["cabal", "stack"],
  purposes: {
    index: ["update"],
    system: ["setup", "upgrade"],
    build: ["build", "install", "test", "run", "exec", "v2-build", "v2-install", "new-build", "new-install"],
    clean: ["clean"],
  },
});
