/** Files of a project that only its build reads, by their names. */

/** Configuration that only compilers, bundlers, linters, formatters, test runners, editors and Docker read. */
export const BUILD_FILES =
  /^(tsconfig.*\.json|jsconfig\.json|nest-cli\.json|tslint\.json|biome\.jsonc?|(vite|vitest|webpack|rollup|tsup|esbuild|jest|babel|eslint|prettier|playwright|cypress|commitlint|lint-staged|tsdown|karma|postcss|tailwind)(\.[\w-]+)*\.config\.[cm]?[jt]s|\.(eslint|prettier|babel|swc|stylelint|mocha|nyc|lintstaged|commitlint)(rc|ignore)(\.\w+)?|\.(editorconfig|gitignore|gitattributes|dockerignore|nvmrc|node-version|npmignore)|(.+\.)?Dockerfile(\..+)?|(docker-)?compose(\.[\w-]+)*\.ya?ml|[^/]+\.md|LICENSE)$/i;

export const TEST_FOLDERS =
  /^(tests?|__tests__|__mocks__|e2e|spec|cypress|\.github|\.vscode|\.idea|\.husky|\.circleci)$/;

/** What a compiler turns into something else; everything else could be read as it is. */
export const COMPILED = /\.([cm]?tsx?|jsx|vue|svelte|scss|sass|less)$/;

/** Sources of languages whose programs are machine code, byte code or an assembly. */
const SOURCES = /\.(go|rs|java|kts?|scala|groovy|gradle|ex|erl|hrl|c|cc|cpp|cxx|h|hh|hpp|cs|fs|vb|swift|hs|zig|proto)$/;

/** Whether an entry of a project is a file of a few lines for tools: an image is no smaller without it. */
export function isBuildFile(entry: string): boolean {
  return BUILD_FILES.test(entry);
}

/** Where programs of a base image look for files of their own accord: what is put there is asked for by nobody's code. */
const ASKED_FOR =
  /^\/(etc|usr\/share|usr\/local\/(etc|share|apache2|tomcat)|var\/www|opt\/bitnami|docker-entrypoint[^/]*)\//;

/** Code that is run as it is, and pages: an app finds one by a name that it computes. */
const RUN_AS_IS = /\.(py|rb|php|pl|lua|html?)$/;

/** Whether the absolute `path` in an image is where a program of the base image looks for files. */
export function isAskedFor(path: string): boolean {
  return ASKED_FOR.test(path);
}

/** Whether a file is run or served as it is, and so may be asked for beside others of its kind. */
export function isRunAsIs(path: string): boolean {
  return RUN_AS_IS.test(path);
}

/** Whether a file is there so that version control keeps its folder. */
export function isPlaceholder(path: string): boolean {
  return /(^|\/)(\.gitignore|\.gitkeep|\.keep|README(\.\w+)?)$/i.test(path);
}

/** Whether a file of the build context, by its path there, is of a kind that no running app reads. */
export function isBuildInput(path: string): boolean {
  const names = path.split("/");
  const file = names.pop() ?? "";
  return (
    BUILD_FILES.test(file) || COMPILED.test(file) || SOURCES.test(file) || names.some((name) => TEST_FOLDERS.test(name))
  );
}
