/** Programs that start what a file of theirs says: the commands in it. */
import { posix } from "node:path";
import type { Leaf } from "../context/index.ts";

interface Supervisor {
  /** The word that names its file; "" for none where it starts something else. */
  fileIn(words: Words): string | undefined;
  /** Where it lies without one. */
  readonly usual: readonly string[];
  /** The commands in it. */
  commandsIn(text: string): readonly string[];
}

type Words = Leaf["words"];

/** The word behind an option. */
function behind(option: RegExp): Supervisor["fileIn"] {
  return (words) => words.find((_, at) => option.test(words[at - 1] ?? ""));
}

/** Lines with a command. */
function lines(command: RegExp): Supervisor["commandsIn"] {
  return (text) => [...text.matchAll(command)].map(([, said = ""]) => said);
}

/** http://supervisord.org/configuration.html */
const SUPERVISORD: Supervisor = {
  fileIn: behind(/^(-c|--configuration)$/),
  usual: ["supervisord.conf", "etc/supervisord.conf", "/etc/supervisord.conf", "/etc/supervisor/supervisord.conf"],
  commandsIn: lines(/^[ \t]*command[ \t]*=[ \t]*(.*?)(?:[ \t];.*)?$/gm),
};

/** Of Foreman and its kin. */
const PROCFILE: Supervisor = {
  fileIn: behind(/^(-f|--procfile)$/),
  usual: ["Procfile"],
  commandsIn: lines(/^[\w-]+:[ \t]*(.+)$/gm),
};

/** https://pm2.keymetrics.io/docs/usage/application-declaration/ */
const PM2: Supervisor = {
  // It knows such a file by its ending. Any other word is a script or a program, with words of its own.
  fileIn: (words) =>
    words.find((word) => /\.(config\.[cm]?js|json5?|ya?ml)$/.test(word ?? "")) ??
    (words.some((word) => word !== undefined && !/^(-|start$)/.test(word)) ? "" : undefined),
  usual: ["ecosystem.config.js", "ecosystem.config.cjs", "ecosystem.config.json", "ecosystem.json"],
  commandsIn: pm2Commands,
};

const SUPERVISORS: ReadonlyMap<string, Supervisor> = new Map([
  ["supervisord", SUPERVISORD],
  ...["foreman", "forego", "goreman", "hivemind", "honcho", "overmind"].map((name) => [name, PROCFILE] as const),
  ...["pm2", "pm2-runtime", "pm2-docker"].map((name) => [name, PM2] as const),
]);

/** One command for each object with a `script`; what is computed in it is left out. */
function pm2Commands(text: string): readonly string[] {
  const isYaml = /^\s*-\s+\w+\s*:/m.test(text);
  // Without the variables and the deployments, which are objects of their own.
  const flat = text.replaceAll(/["']?\w+["']?\s*:\s*\{(?:(?!\bscript\b)[^{}])*\}/g, "");
  const apps = isYaml ? flat.split(/^\s*-\s/m) : [...flat.matchAll(/\{[^{}]*\}/g)].map(([app]) => app);
  return apps.flatMap((app) => {
    const of = (...keys: readonly string[]) => textAt(app, keys.join("|"));
    const script = of("script");
    if (script === undefined) return [];
    const interpreter = of("interpreter", "exec_interpreter") ?? usualInterpreter(script);
    const options = of("node_args", "interpreter_args", "nodeArgs", "interpreterArgs");
    const words = [...(interpreter === "none" ? [] : [interpreter, options]), script, of("args")];
    const folder = of("cwd");
    const command = words.filter((word) => word !== undefined && word !== "").join(" ");
    return [folder === undefined ? command : `cd ${folder} && ${command}`];
  });
}

/** PM2 starts programs without an ending that it knows as they are. */
function usualInterpreter(script: string): string {
  const [, ending = ""] = /\.([cm]?[jt]sx?|sh|py|rb|php|pl)$/.exec(script) ?? [];
  if (/^[cm]?js$/.test(ending)) return "node";
  if (/^[cm]?tsx?$/.test(ending)) return "ts-node";
  return { sh: "bash", py: "python", rb: "ruby", php: "php", pl: "perl" }[ending] ?? "none";
}

/** Of a key: a text, or a list of them. */
function textAt(app: string, keys: string): string | undefined {
  const key = String.raw`(?:^|[{,\s"'])(?:${keys})["']?\s*:\s*`;
  const [, quoted, list, bare] =
    new RegExp(String.raw`${key}(?:["'\`]([^"'\`\n]*)["'\`]|\[([^\]]*)\]|([\w./][^\n,#{}()\[\]]*)(?=[\n,#}]|$))`).exec(
      app,
    ) ?? [];
  const listed = list === undefined ? undefined : [...list.matchAll(/["'`]([^"'`]*)["'`]/g)].map(([, word]) => word);
  return quoted ?? listed?.join(" ") ?? bare?.trim();
}

/**
 * The scripts that a program starts, if it is one that starts those of a file and there is that file: `textOf` gives texts by paths as the container
 * has them. Undefined for any other program.
 */
export function supervisedBy(
  { tool, words }: Pick<Leaf, "tool" | "words">,
  textOf: (path: string) => string | undefined,
): readonly string[] | undefined {
  const supervisor = SUPERVISORS.get(posix.basename(tool));
  if (!supervisor) return undefined;
  const named = supervisor.fileIn(words);
  const text = (named === undefined ? supervisor.usual : [named]).map(textOf).find((found) => found !== undefined);
  // `%(ENV_PORT)s`
  const commands = supervisor
    .commandsIn(text ?? "")
    .map((command) => command.replaceAll(/%\((?:ENV_)?(\w+)\)\w/g, "$$$1"));
  return commands.length === 0 ? undefined : commands;
}
