/** Apps in Rust and C whose programs run: for split-builder. */
import fc from "fast-check";
import type { Case } from "./case.ts";
import type { Files } from "./minimal-projects.ts";

interface Build {
  readonly steps: readonly string[];
  /** The program that the container starts. */
  readonly program: string;
  readonly files: Files;
}

const seldom = (frequency: number) => fc.integer({ min: 1, max: frequency }).map((n) => n === frequency);

/** In every project: what may be read at run time, and what only people and tests read. */
const BESIDE: Files = {
  "templates/index.html": "<h1>Tides</h1>\n",
  "README.md": "# Tides\n",
  "tests/page.txt": "",
  "drafts/one.txt": "",
  ".dockerignore": "target\ndrafts/*\n",
};

const rust: fc.Arbitrary<Build> = fc
  .record({
    release: fc.constantFrom("--release", "-r", "", "--profile bench"),
    platform: seldom(3),
    target: fc.constantFrom("", "", "--target-dir /out", "--target-dir=made"),
    install: seldom(3),
    bin: seldom(3),
    workspace: seldom(3),
    names: fc.constantFrom("", "templates", "src", "Cargo.toml"),
  })
  .map(({ release, platform, target, install, bin, workspace, names }) => {
    const folder = release === "" ? "debug" : "release";
    const triple = "x86_64-unknown-linux-gnu";
    const options = [release, target, ...(platform ? [`--target ${triple}`] : []), ...(bin ? ["--bin tides"] : [])];
    const root = target === "" ? "target" : target.split(/[ =]/)[1]!;
    const at = workspace ? "crates/tides/" : "";
    const isInstalled = install && !workspace;
    return {
      steps: [
        isInstalled
          ? "cargo install --path . --locked"
          : ["cargo build", ...options].filter((word) => word !== "").join(" "),
      ],
      program: isInstalled
        ? "/usr/local/cargo/bin/tides"
        : `${root.startsWith("/") ? "" : "./"}${root}/${platform ? `${triple}/` : ""}${folder}/tides`,
      files: {
        ...(workspace ? { "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n' } : {}),
        [`${at}Cargo.toml`]: '[package]\nname = "tides"\nversion = "1.0.0"\nedition = "2021"\n',
        "Cargo.lock": "version = 4\n",
        [`${at}src/main.rs`]: `fn main() {\n    read("${names}");\n}\n`,
        [`${at}src/bin/fill.rs`]: "fn main() {}\n",
      },
    };
  });

const c: fc.Arbitrary<Build> = fc
  .record({
    tool: fc.constantFrom("cc", "make", "make install", "cmake", "configure"),
    output: fc.constantFrom("tides", "bin/tides", "/usr/local/bin/tides"),
    pattern: seldom(2),
    library: seldom(2),
    names: fc.constantFrom("", "templates", "src", "Makefile"),
  })
  .map(({ tool, output, pattern, library, names }): Build => {
    const sources: Files = {
      "src/main.c": `#include "tides.h"\n\nint main(void) { return show("${names}"); }\n`,
      "src/tides.c": '#include "tides.h"\n',
      "src/tides.h": "int show(const char *);\n",
    };
    const program = (path: string) => (path.startsWith("/") ? path : `./${path}`);
    switch (tool) {
      case "cc":
        return {
          steps: [
            ...(library ? ["gcc -shared -fPIC -o libtides.so src/tides.c"] : []),
            `gcc -O2 -o ${output} ${library ? "src/main.c -L. -ltides" : pattern ? "src/*.c" : "src/main.c src/tides.c"}`,
          ],
          program: program(output),
          files: sources,
        };
      case "make":
      case "make install":
        return {
          steps: [`make -j$(nproc)${tool === "make" ? "" : " install PREFIX=/usr"}`],
          program: tool === "make" ? program(output) : "/usr/bin/tides",
          files: {
            ...sources,
            Makefile: `PREFIX ?= /usr/local\nOUT = ${output}\n\n$(OUT): src/main.o ${library ? "libtides.so" : "src/tides.o"}\n\t$(CC) -o $@ $^\n\nlibtides.so: src/tides.c\n\t$(CC) -shared -o $@ $<\n\n%.o: %.c\n\t$(CC) -c -o $@ $<\n\ninstall: $(OUT)\n\tinstall -D -m 755 $(OUT) $(DESTDIR)$(PREFIX)/bin/tides\n\n.PHONY: install\n`,
          },
        };
      case "cmake":
        return {
          // What a `cd` leads to is left with the step.
          steps: pattern
            ? ["mkdir build && cd build && cmake .. && make -j$(nproc)"]
            : ["cmake -S . -B build", "cmake --build build"],
          program: "./build/tides",
          files: {
            ...sources,
            "CMakeLists.txt": `project(tides C)\n${library ? "add_library(words SHARED src/tides.c)\n" : ""}add_executable(tides src/main.c)\n`,
          },
        };
      default:
        return {
          steps: ["./configure --prefix=/opt/tides", "make", "make install"],
          program: "/opt/tides/bin/tides",
          files: { ...sources, configure: "#!/bin/sh\n", "configure.ac": "AC_INIT([tides], [1])\n" },
        };
    }
  });

export const compiledApps: fc.Arbitrary<Case> = fc
  .record({
    kind: fc.oneof(
      rust.map((build) => ({ base: "rust:1.85", build })),
      c.map((build) => ({ base: "gcc:14", build })),
    ),
    early: fc.array(fc.constantFrom("ENV PORT=3000", "ARG REVISION=1", "RUN useradd tides", "LABEL b=2"), {
      maxLength: 2,
    }),
    settings: fc.array(
      fc.constantFrom(
        "ENV PORT=3000",
        "EXPOSE 3000",
        "STOPSIGNAL SIGINT",
        "USER tides",
        "HEALTHCHECK CMD true",
        "VOLUME /data",
      ),
      { maxLength: 3 },
    ),
    joined: seldom(2),
    chown: seldom(4),
    shell: seldom(3),
  })
  .map(({ kind: { base, build }, early, settings, joined, chown, shell }) => {
    const users = early.includes("RUN useradd tides");
    const lines = [
      `FROM ${base}`,
      ...new Set(early),
      "WORKDIR /app",
      "COPY . .",
      ...(joined ? [`RUN ${build.steps.join(" && ")}`] : build.steps.map((step) => `RUN ${step}`)),
      ...(chown && users ? ["RUN chown -R tides /app"] : []),
      ...settings.filter((line) => users || line !== "USER tides"),
      shell ? `CMD exec ${build.program}` : `CMD ["${build.program}"]`,
    ];
    return { text: `${lines.join("\n")}\n`, files: { ...BESIDE, ...build.files } };
  });
