import { builtCApp, cOutputs } from "./make/builds.ts";
import { subcommands } from "./subcommands.ts";
import type { Ecosystem } from "./types.ts";

const known = subcommands({
  name: "make",
  commands: [
    ...[
      "make",
      "gmake",
      "cmake",
      "ninja",
      "meson",
      "configure",
      "autogen.sh",
      "autoreconf",

      "ar",
      "ranlib",
    ],
    ...["gcc", "g++", "cc", "c++", "clang", "clang++"],
  ],
  purposes: {},
  otherwise: "build",
});

/** Compilers and build systems of C and C++. */
export const make: Ecosystem = { ...known, worksBelow: true, outputsOf: cOutputs, builtApp: builtCApp };
