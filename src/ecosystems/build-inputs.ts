/** Files of a project that only its build reads, by their names. */

/** Configuration that only compilers, bundlers, linters, formatters, test runners, editors and Docker read. */
export const BUILD_FILES =
  /^(tsconfig.*\.json|jsconfig\.json|nest-cli\.json|tslint\.json|biome\.jsonc?|(vite|vitest|webpack|rollup|tsup|esbuild|jest|babel|eslint|prettier|playwright|cypress|commitlint|lint-staged|tsdown|karma|postcss|tailwind)(\.[\w-]+)*\.config\.[cm]?[jt]s|\.(eslint|prettier|babel|swc|stylelint|mocha|nyc|lintstaged|commitlint)(rc|ignore)(\.\w+)?|\.(editorconfig|gitignore|gitattributes|dockerignore|nvmrc|node-version|npmignore)|(.+\.)?Dockerfile(\..+)?|(docker-)?compose(\.[\w-]+)*\.ya?ml|[^/]+\.md|LICENSE)$/i;

export const TEST_FOLDERS = /^(tests?|__tests__|__mocks__|e2e|spec|cypress|\.github|\.vscode|\.husky|\.circleci)$/;

/** What a compiler turns into something else; everything else could be read as it is. */
export const COMPILED = /\.([cm]?tsx?|jsx|vue|svelte|scss|sass|less)$/;

/** Sources of languages whose programs are machine code, byte code or an assembly. */
const SOURCES = /\.(go|rs|java|kts?|scala|groovy|c|cc|cpp|cxx|h|hh|hpp|cs|fs|vb|swift|hs|zig|proto)$/;

/** Whether a file of the build context, by its path there, is of a kind that no running app reads. */
export function isBuildInput(path: string): boolean {
  const names = path.split("/");
  const file = names.pop() ?? "";
  return (
    BUILD_FILES.test(file) || COMPILED.test(file) || SOURCES.test(file) || names.some((name) => TEST_FOLDERS.test(name))
  );
}
