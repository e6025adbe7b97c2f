import { subcommands } from "./subcommands.ts";

/** Compilers and build systems of which it is known that they read sources and write outputs, and not which. */
export const compilers = subcommands({
  name: "compilers",
  commands: ["scons", "bazel", "ant", "ghc", "tsc", "webpack", "vite", "ng", "hugo", "jekyll"],
  purposes: { clean: ["clean", "distclean"] },
  otherwise: "build",
});
