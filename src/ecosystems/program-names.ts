/** Programs by what they are for, as they are called where they are installed. */

const COMPILERS = `
  gcc g++ cc c++ cpp clang clang++ tcc gfortran gnat as ld ld.bfd ld.gold ld.lld gold lld ar make gmake cmake ninja meson scons bazel
  autoconf automake libtool m4 bison flex pkg-config go gofmt rustc cargo javac mvn gradle ant kotlinc scalac sbt ghc cabal stack
  ocamlc dune swiftc dotnet msbuild mcs tsc esbuild node-gyp phpize erlc mix patch
`;
const SHELLS = "sh bash dash ash zsh ksh mksh csh tcsh fish pwsh rbash busybox";

const compilers = wordsIn(COMPILERS);
const shells = wordsIn(SHELLS);

/**
 * The name in the list of compilers and build tools that a program goes by: `gcc` for `x86_64-linux-gnu-gcc-14`. Undefined for any
 * other.
 */
export function compilerNamed(program: string): string | undefined {
  if (compilers.has(program)) return program;
  const bare = program.replace(/^\w+-(\w+-)*(?=[a-z+]+(-\d|$))/, "").replace(/-\d[\d.]*$/, "");
  return CROSS.test(bare) ? bare : undefined;
}

/** Those that come with a target in front or a version behind. */
const CROSS = /^(gcc|g\+\+|cpp|clang|clang\+\+|gfortran|ld|as|ar)$/;

export function isShellName(program: string): boolean {
  return shells.has(program);
}

function wordsIn(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
