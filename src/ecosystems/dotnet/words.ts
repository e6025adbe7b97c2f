/** The words of the `dotnet` command line, sorted; what it takes itself and what it hands on to MSBuild. */
import { Blocked } from "../blocking.ts";

export interface Words {
  /** The project, solution or folder; undefined for the folder that it runs in. */
  readonly target: string | undefined;
  /** `-p:Name=Value`. */
  readonly properties: ReadonlyMap<string, string | undefined>;
  /** The other options by their long names without dashes. `""` where one has no value; undefined for one that only the shell knows. */
  readonly options: ReadonlyMap<string, string | undefined>;
}

/** Long names of options, and whether a value follows. */
const OPTIONS: Readonly<Record<string, readonly [name: string, valued: boolean]>> = {
  ...named(["runtime", "source", "framework", "configuration", "output", "arch"], true, (name) => name[0] ?? ""),
  ...named(["configfile", "packages", "lock-file-path", "os", "version-suffix", "artifacts-path"], true),
  ...named(["verbosity"], true, () => "v"),
  ...named(["no-restore", "no-build", "no-self-contained", "no-cache", "no-http-cache", "disable-parallel"], false),
  ...named(
    ["no-dependencies", "ignore-failed-sources", "force", "force-evaluate", "locked-mode", "use-lock-file"],
    false,
  ),
  ...named(["nologo", "no-incremental", "disable-build-servers", "interactive", "use-current-runtime"], false),
  ...named(["filter", "logger", "collect", "results-directory"], true),
  "--ucr": ["use-current-runtime", false],
};

/** Options whose value may be what only the shell knows: it names no file. */
const NAMES_NO_FILE = ["runtime", "arch", "os", "configuration", "framework", "verbosity", "version-suffix"];

function named(names: readonly string[], valued: boolean, short?: (name: string) => string) {
  return Object.fromEntries(
    names.flatMap((name) => [
      [`--${name}`, [name, valued] as const],
      ...(short ? [[`-${short(name)}`, [name, valued] as const]] : []),
    ]),
  );
}

/** Reads the words after the subcommand `action`. Throws `Blocked` for one that is not known. */
export function wordsOf(args: readonly (string | undefined)[], action: string): Words {
  const targets: string[] = [];
  const properties = new Map<string, string | undefined>();
  const options = new Map<string, string | undefined>();
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (word === undefined) throw new Blocked("a word of the command is only known to the shell");
    const property = /^(?:-p|--property|\/p|\/property|-property):(.+)$/i.exec(word)?.[1];
    const [, head = word, tail] = /^(--?[\w-]+)[=:](.*)$/s.exec(word) ?? [];
    if (word === "-p" || word === "--property") assign(args[++at] ?? "", properties);
    else if (property !== undefined) assign(property, properties);
    else if (
      /^([-/](v|verbosity|m|maxcpucount|nr|tl|clp|consoleloggerparameters|bl)(:.*)?|--tl(:\w+)?|[-/]nologo)$/i.test(
        word,
      ) &&
      word !== "-v"
    )
      continue;
    else if (/^--(self-contained|sc)$/.test(head)) {
      const next = tail ?? (/^(true|false)$/i.test(args[at + 1] ?? "") ? args[++at] : "true");
      options.set("self-contained", (next ?? "true").toLowerCase());
    } else if (head === "-f" && action === "restore") options.set("force", "");
    else if (head === "-s" && action === "test") throw new Blocked("dotnet test -s names a file of settings");
    else if (OPTIONS[head]) {
      const [name, valued] = OPTIONS[head];
      const value = valued ? (tail ?? args[++at]) : "";
      if (value === undefined && !NAMES_NO_FILE.includes(name))
        throw new Blocked(`the value of ${head} is only known to the shell`);
      options.set(name, value);
    } else if (word.startsWith("-") || /^\/\w+:/.test(word))
      throw new Blocked(`the option ${word} could make the restore read other files`);
    else targets.push(word);
  }
  if (targets.length > 1) throw new Blocked(`${targets.join(" ")} are more than one project`);
  return { target: targets[0], properties, options };
}

/** `Name=Value;Other=Value`. */
function assign(text: string, properties: Map<string, string | undefined>): void {
  for (const part of text.split(";")) {
    const equals = part.indexOf("=");
    if (equals < 1) throw new Blocked(`the property ${part} has no value`);
    properties.set(part.slice(0, equals), part.slice(equals + 1).replace(/^"(.*)"$/, "$1"));
  }
}
