/** Code in Python that lists folders of its project, or reads files there by names that it computes: nothing names what it finds. */

/** The working directory, or a folder that the module lies in. */
const HERE = String.raw`(?:(?:os\.path\.)?(?:abspath|realpath|dirname)\([^\n]*?__file__\)+|(?:pathlib\.)?Path\((?:__file__|["']\.?["'])?\)(?:\.(?:resolve|absolute)\(\))?(?:\.parents?(?:\[\d\])?)*|(?:pathlib\.)?Path\.cwd\(\)|os\.getcwd\(\)|BASE_DIR)`;

const NAMED = new RegExp(String.raw`^[ \t]*(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*(?:str\()?${HERE}\)*[ \t]*(?:#.*)?$`, "gm");

/** No text that begins with a name, and no variable of the environment: ENV says what that is. */
const COMPUTED = String.raw`(?!\s*(?:os\.(?:environ|getenv)\b|[rbu]?["']|f["'][\w.]))`;

export function listsFolders(code: string): boolean {
  const names = [...code.matchAll(NAMED)].map(([, name = ""]) => String.raw`\b${name}\b`);
  const here = `(?:${[HERE, ...names].join("|")})`;
  return [
    String.raw`\b(?:listdir|scandir|walk|iter_modules|walk_packages)\(\s*\[?\s*(?:str\()?(?:\)|["']\.?\/?["']|${here}\s*[,)\]])`,
    String.raw`\bi?glob\(\s*["'][*.]`,
    String.raw`${here}\.(?:iterdir\(|walk\(|rglob\(|glob\(\s*["'](?:\*|\.\/))`,
    String.raw`\bjoin\(\s*${here}\s*,\s*(?:["']\*|(?=[\w(])${COMPUTED})`,
    String.raw`${here}\s*\/\s*(?=[\w(f])${COMPUTED}[\w(f]`,
    String.raw`\bf["']\{${here}\}\/[{*]`,
  ].some((pattern) => new RegExp(pattern).test(code));
}
