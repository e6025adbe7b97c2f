/** What a file of the app says about other files and packages, without running it. Errs towards seeing too much. */

/** Module names that a JavaScript or TypeScript text imports or requires; `import type` is left out. */
export function importsIn(text: string): readonly string[] {
  return [...text.matchAll(IMPORTS)].flatMap(([, isType, from, bare, called]) => {
    const name = from ?? bare ?? called;
    return name === undefined || isType !== undefined ? [] : [name];
  });
}

const IMPORTS =
  /\b(?:import|export)\s+(type\s+(?!from\b))?[^"'`;()=]*?\bfrom\s*["']([^"'\n]+)["']|\bimport\s*["']([^"'\n]+)["']|\b(?:require|import|resolve|register)\s*\(\s*["'`]([^"'`\n$]+)["'`]/g;

/** Whether `text` names the file or folder `name`: as a whole string, or as a part of a path. */
export function names(text: string, name: string): boolean {
  if (!text.includes(name)) return false;
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const whole = new RegExp(`(^|["'\`])${quoted}($|["'\`])`);
  const part = new RegExp(`(^|[\\s"'\`=:(,/\\\\}])${quoted}[/\\\\]|[/\\\\]${quoted}($|[\\s"'\`),;/\\\\])`);
  return (
    whole.test(text) ||
    part.test(text) ||
    (name.includes(".") && new RegExp(`(^|[^\\w.-])${quoted}($|[^\\w-])`).test(text))
  );
}

/** Words of a script, quotes and operators cut away. */
export function wordsIn(script: string): readonly string[] {
  return script.split(/[\s"'`;&|()<>=,[\]{}]+/).filter((word) => word !== "");
}

/** Whether `text` has the package `name`, or a module of it, as a string of its own. */
export function quotes(text: string, name: string): boolean {
  return ['"', "'", "`"].some((quote) => text.includes(`${quote}${name}${quote}`) || text.includes(`${quote}${name}/`));
}

/** Tests, which no running container loads. */
export function isTest(path: string): boolean {
  return /(^|\/)(__tests__|__mocks__|tests?|e2e|spec|cypress)\/|\.(test|spec|e2e-spec|stories)\.[cm]?[jt]sx?$|\.d\.[cm]?ts$/.test(
    path,
  );
}

export const CODE = /\.[cm]?[jt]sx?$|\.(vue|svelte)$/;
export const TEXT =
  /\.([cm]?[jt]sx?|json5?|sh|ya?ml|toml|env|html?|ejs|pug|hbs|vue|svelte|graphql|conf|ini)$|(^|\/)[^.]+$|(^|\/)\.[^/.]+$/;
const LOCK = /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml)$/;

export function isReadable(path: string): boolean {
  return TEXT.test(path) && !LOCK.test(path) && !isTest(path);
}
