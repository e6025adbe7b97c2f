/** `mix.exs` and configuration are programs: what they read, as far as their text shows. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/types.ts";
import { inFolder, unread } from "../blocked.ts";

type Blocked = { readonly blocked: string };

/** Elixir that reads files or runs programs. */
const READING =
  /\bFile\.(?!cwd)\w+[!?]?|\bPath\.wildcard|\bCode\.(?!ensure)\w+|\bSystem\.(cmd|shell)|:os\.cmd|:file\.\w+|\bPort\.open|\bMix\.(install|Shell|Task)\b|\bEEx\.\w+/;

/** `File.read!("VERSION")`. */
const LITERAL_READ = /\bFile\.(?:read!?|exists\?)\(?\s*"([^"#\\]+)"\)?/g;

/** Files that the program at `path` reads, itself among them; all paths are of the context. */
export function readsOf(context: BuildContext, path: string, folder: string): string[] | Blocked {
  const text = context.read(path);
  if (text === undefined) return { blocked: unread(context, path) };
  const code = withoutComments(text);
  const literal = [...code.matchAll(LITERAL_READ)].map(([, name = ""]) => posix.join(folder, name));
  const strange = literal.find((name) => name.startsWith("..") || !context.has(name));
  if (strange !== undefined) return { blocked: `${path} reads ${strange}, which the build context lacks` };
  const reading = READING.exec(code.replace(LITERAL_READ, ""))?.[0];
  return reading === undefined ? [path, ...literal] : { blocked: `${path} may read other files by ${reading}` };
}

/** Files of the configuration that a task loads before it runs: `config/config.exs` and what it imports. */
export function configurationOf(context: BuildContext, folder: string): string[] | Blocked {
  const config = inFolder(folder, "config");
  if (!context.has(`${config}/config.exs`)) return [];
  const files = context
    .list(config)
    .filter((name) => name.endsWith(".exs") && !/^(runtime|releases)\.exs$/.test(name))
    .map((name) => `${config}/${name}`);
  const found: string[] = [];
  for (const file of files) {
    const reads = readsOf(context, file, folder);
    if ("blocked" in reads) return reads;
    found.push(...reads);
    const imports = [...withoutComments(context.read(file) ?? "").matchAll(/\bimport_config[ (]+(.*)/g)];
    const elsewhere = imports.find(([, target = ""]) => !/^"[^"/]+"\)?\s*$/.test(target));
    if (elsewhere) return { blocked: `${file} imports ${elsewhere[1]?.trim()}` };
  }
  return found;
}

/** The name of each dependency in the text of a `mix.exs`, with where it comes from. */
export function dependenciesIn(text: string): { name: string; options: string; requirement: string | undefined }[] {
  const tuple = /\{\s*:(\w+)\s*,\s*((?:"([^"]*)"\s*)?(?:[^{}[\]]|\[[^\]]*\]|\{[^{}]*\})*)\}/g;
  return [...withoutComments(text).matchAll(tuple)]
    .filter(([, , rest = ""]) =>
      /^("\s*(~>|>=|==|<|>|!=|\d)|(git|github|path|in_umbrella|hex|only|git_ops|organization|repo):|\[\s*(git|github|path|in_umbrella):)/.test(
        rest,
      ),
    )
    .map(([, name = "", options = "", requirement]) => ({ name, options, requirement }));
}

export function withoutComments(text: string): string {
  return text.replace(/^\s*#.*$/gm, "").replace(/\s#\s[^"\n]*$/gm, "");
}
