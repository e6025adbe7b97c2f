import { subcommands } from "./subcommands.ts";

/** Compilers and build systems that read sources and write outputs. */
export const make = subcommands({
  name: "make",
  commands: [
    ...["make", "gmake", "cmake", "ninja", "meson", "configure", "autogen.sh", "autoreconf", "scons", "bazel", "ant"],
    ...["gcc", "g++", "cc", "c++", "clang", "clang++", "ghc", "tsc", "webpack", "vite", "ng", "hugo", "jekyll"],
  ],
  purposes: { clean: ["clean", "distclean"] },
  otherwise: "build",
});
