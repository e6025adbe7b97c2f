import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { copiedProgramOf, intermediateOf, type Outputs, outputsOf } from "../../src/ecosystems/index.ts";
import { invocationOf } from "./calls.ts";

type Files = Readonly<Record<string, string>>;

function outputs(script: string, files: Files = {}, env: Files = {}): Outputs {
  const surroundings = { cwd: "/app", env: new Map(Object.entries(env)), base: "gcc:14" };
  return outputsOf(invocationOf(script)!, memoryContext({ "src/main.c": "", ...files }), surroundings);
}

describe("a compiler makes", () => {
  test.each<[string, readonly string[]]>([
    ["gcc main.c", ["a.out"]],
    ["gcc -O2 main.c -o tides -lm", ["tides"]],
    ["cc -otides main.c", ["tides"]],
    ["g++ src/*.cpp -o bin/tides", ["bin/tides"]],
    ["gcc -shared -fPIC -o libtides.so tides.c", ["libtides.so"]],
    ["clang -c main.c -o main.o", []],
    ["gcc --version", []],
    ["gcc main.c $(pkg-config --libs openssl) -o /usr/local/bin/tides", ["/usr/local/bin/tides"]],
  ])("%s", (script, made) => expect(outputs(script)).toEqual({ outputs: made }));

  test.each([
    ["gcc -o $NAME main.c", "computed"],
    ["gcc --coverage -o tides main.c", "--coverage"],
    ["gcc -o ../tides main.c", "../tides"],
  ])("%s: not known", (script, reason) =>
    expect(outputs(script)).toEqual({ unknown: expect.stringContaining(reason) }),
  );
});

describe("make makes what a makefile says", () => {
  const link = "tides: src/main.c\n\t$(CC) -o $@ $^\n";
  test.each<[string, string, string, readonly string[]]>([
    ["the first target", "make", link, ["tides"]],
    [
      "a goal",
      "make install",
      `all: tides\n${link}install: tides\n\tinstall -D tides /usr/bin/tides\n`,
      ["tides", "/usr/bin/tides"],
    ],
    [
      "by variables",
      "make",
      "BIN := bin\nAPP = $(BIN)/tides\n$(APP): src/main.c\n\t@mkdir -p ${@D}\n\t$(CC) $< -o $@\n",
      ["bin/tides"],
    ],
    [
      "by variables of the command",
      "make APP=storm",
      "APP = tides\n$(APP): src/main.c\n\tcc -o $(APP) $<\n",
      ["storm"],
    ],
    [
      "objects of lists",
      "make -j4",
      "O = $(patsubst %.c,%.o,$(wildcard src/*.c))\ntides: $(O)\n\tgcc -o $@ $^\n$(O): %.o: %.c\n\tgcc -c $< -o $@\n",
      ["tides"],
    ],
    ["by its own rules", "make", "tides: tides.o\n", ["tides"]],
    ["in a folder", "make -C src", link, ["src/tides"]],
    ["in a folder below", "make", ".PHONY: all\nall:\n\t$(MAKE) -C src tides\n", ["src/tides"]],
    [
      "below a prefix",
      "make install PREFIX=/usr",
      "PREFIX ?= /usr/local\ntides:\n\tcc -o $@ t.c\ninstall: tides\n\tinstall -m 755 tides $(DESTDIR)$(PREFIX)/bin\n",
      ["tides", "/usr/bin/tides"],
    ],
  ])("%s", (_, script, makefile, made) => {
    const files = { Makefile: makefile, "src/Makefile": "tides: main.c\n\t$(CC) -o $@ $^\n" };
    expect(outputs(script, files)).toEqual({ outputs: made });
  });

  test.each([
    ["another file", "include rules.mk\ntides:\n", "include rules.mk"],
    ["a condition", "ifdef DEBUG\nendif\n", "ifdef DEBUG"],
    ["a recipe of its own", "tides: src/main.c\n\t./generate > tides\n", "refit can't follow"],
    ["a program that it made", "tides: src/main.c\n\t./generate tides\n", "./generate tides"],
    ["a loop", "tides:\n\tfor f in src/*; do cc -c $$f; done\n", "refit can't follow"],
    ["a list of programs", "all: $(wildcard bin/*)\nbin/tides:\n\tcc -o $@ t.c\n", "depends on what only make knows"],
    ["a pattern for programs", "all: tides\n%: %.c\n\tcc -o $@ $<\n", "refit can't follow the rule"],
  ])("%s: not known", (_, makefile, reason) =>
    expect(outputs("make", { Makefile: makefile })).toEqual({ unknown: expect.stringContaining(reason) }),
  );

  test("a makefile that is not there", () =>
    expect(outputs("make")).toEqual({ unknown: expect.stringContaining("no makefile") }));
});

describe("CMake makes what its lists say", () => {
  const lists = (more = "") => `project(tides C)\nadd_library(words SHARED w.c)\nadd_executable(tides m.c)\n${more}`;
  test.each<[string, string, string, readonly string[]]>([
    ["nothing yet", "cmake -S . -B build", lists(), []],
    ["all targets", "cmake --build build -j 4", lists(), ["build/libwords.so", "build/tides"]],
    ["one target", "cmake --build build --target tides", lists(), ["build/tides"]],
    [
      "what it installs",
      "cmake --install build",
      lists("install(TARGETS tides words)\n"),
      ["/usr/local/bin/tides", "/usr/local/lib/libwords.so"],
    ],
    [
      "below a prefix",
      "cmake --install build --prefix /opt/x",
      lists("install(TARGETS tides DESTINATION sbin)\n"),
      ["/opt/x/sbin/tides"],
    ],
    ["in folders", "cmake --build build", "add_subdirectory(src)\n", ["build/src/storm"]],
  ])("%s", (_, script, text, made) => {
    const files = { "CMakeLists.txt": text, "src/CMakeLists.txt": "add_executable(storm s.c)\n" };
    expect(outputs(script, files)).toEqual({ outputs: made });
  });

  test.each([
    ["cmake --build build", lists("add_custom_target(words ALL COMMAND ./words)\n"), "add_custom_target"],
    ["cmake --build build", lists("if(UNIX)\n  add_executable(storm s.c)\nendif()\n"), "on a condition"],
    ["cmake --build build", lists("set(CMAKE_RUNTIME_OUTPUT_DIRECTORY bin)\n"), "CMAKE_RUNTIME_OUTPUT_DIRECTORY"],
    ["cmake --build build", lists("set_target_properties(words PROPERTIES VERSION 1.0)\n"), "names the files"],
    ["cmake --build build", lists("install(FILES data DESTINATION share)\n"), "installs"],
    ["cmake -B build -DCMAKE_INSTALL_PREFIX=/opt", lists(), "CMAKE_INSTALL_PREFIX"],
    ["cmake .", lists(), "among the sources"],
  ])("%s: not known", (script, text, reason) =>
    expect(outputs(script, { "CMakeLists.txt": text })).toEqual({ unknown: expect.stringContaining(reason) }),
  );
});

test("configure: a prefix of its own is filled", () => {
  const files = { "configure.ac": "", configure: "" };
  expect(outputs("./configure --prefix=/opt/tides", files)).toEqual({ outputs: ["/opt/tides"] });
  expect(outputs("./configure --prefix=/usr/local", files)).toHaveProperty("unknown");
  expect(outputs("make install", files)).toEqual({ outputs: [] });
});

test("what autoreconf, configure and make leave beside the sources is left over, and a program that is installed elsewhere", () => {
  const has = (file: string) => file === "/src/configure.ac";
  expect(intermediateOf("/src/aclocal.m4", has)).toBe("make");
  expect(intermediateOf("/src/tests/Makefile.in", has)).toBe("make");
  expect(intermediateOf("/other/aclocal.m4", has)).toBeUndefined();
  const atRoot = (file: string) => file === "/configure.ac";
  expect(intermediateOf("/tests/Makefile.in", atRoot)).toBe("make");
  expect(intermediateOf("/usr/share/automake/Makefile.in", atRoot)).toBeUndefined();
  expect(copiedProgramOf("/src/tides", has)).toBe("tides");
  expect(copiedProgramOf("/other/tides", has)).toBeUndefined();
});
