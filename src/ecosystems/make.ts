import { builtCApp, cOutputs } from "./make/builds.ts";
import { subcommands } from "./subcommands.ts";
import type { Declaration, Ecosystem } from "./types.ts";

const declares: Declaration = {
  title: "C and C++: make, CMake and compilers",
  files: [
    { name: "Makefile", role: "manifest", about: "or GNUmakefile, makefile" },
    { name: "CMakeLists.txt", role: "manifest", about: "with those of the folders that it adds" },
    { name: "configure", role: "manifest", about: "or configure.ac" },
  ],
  readsMore: [],
  installs: [],
  caches: [],
  intermediates: [
    "**/*.o",
    "**/*.a",
    "**/CMakeFiles",
    "**/CMakeCache.txt",
    "**/cmake_install.cmake",
    "**/CTestTestfile.cmake",
  ],
  network: "nothing",
  builds: [
    { command: "gcc -o FILE", outputs: ["FILE"] },
    { command: "make", outputs: ["files that its recipes name: `-o $@`, `install … $(PREFIX)/bin`"] },
    { command: "cmake --build FOLDER", outputs: ["FOLDER/TARGET"] },
    { command: "cmake --install FOLDER", outputs: ["/usr/local/bin", "/usr/local/lib"] },
    { command: "./configure --prefix=/opt/NAME", outputs: ["/opt/NAME"] },
    { command: "./configure", outputs: ["/usr/local"] },
  ],
};

const known = subcommands({
  name: "make",
  commands: [
    ...["make", "gmake", "cmake", "ninja", "meson", "configure", "autogen.sh", "autoreconf", "ar", "ranlib"],
    ...["gcc", "g++", "cc", "c++", "clang", "clang++"],
  ],
  purposes: { clean: ["clean", "distclean"] },
  otherwise: "build",
  declares,
});

/** Compilers and build systems of C and C++. */
export const make: Ecosystem = {
  ...known,
  worksBelow: true,
  worksAtRoot: true,
  outputsOf: cOutputs,
  builtApp: builtCApp,
};
