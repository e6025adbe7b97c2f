/**
 * Where a shell found a program, it looks again only in a new shell or after `hash -r`. A RUN that installs a second `pip` nearer to
 * the front of PATH is followed today by a RUN that finds the new one; in one shell the old one would run again.
 */
import { baseName, innerWords } from "./nested.ts";
import type { Command, Script } from "./types.ts";

/** Words that a shell runs itself, whatever lies on PATH. */
export const BUILTINS: ReadonlySet<string> = new Set(
  `. : [ alias bg break builtin caller case cd command continue declare echo enable eval exec exit export false fg for getopts
  hash help if jobs kill let local logout popd printf pushd pwd read readonly return set shift shopt source test times trap true
  type typeset ulimit umask unalias unset until wait while`.split(/\s+/),
);

/** Languages and their package managers, which often come a second time, in a folder nearer to the front of PATH. */
const MOVABLE =
  /^(bundler?|cargo|composer|conda|easy_install|gem|go|gradle|java|javac|luarocks|mvn|node|nodejs|npm|npx|php|phpize|pip|pipenv|pnpm|poetry|python|ruby|rustc|uv|virtualenv|yarn)$/;

/** Programs that put programs on PATH under the names that they are given. */
const NAMED = new Set(
  `apk apt apt-get aptitude cargo composer conda cp curl dnf dpkg easy_install gem go install ln luarocks microdnf mv npm npx pear
  pecl pip pnpm rpm tar unzip update-alternatives wget yarn yum zypper`.split(/\s+/),
);

/** Programs that switch between versions of others. */
const SWITCHES = /^(alternatives|asdf|corepack|n|nodenv|nvm|pyenv|rbenv|rustup|rvm|sdk|update_rubygems|volta)$/;
/** Words for bringing programs, in the name of a script or as the command given to a program. */
const BRINGS = /(^|[^a-z])(alt|un)?(install|setup|bootstrap|upgrade|self-update|get-pip)/i;

/** Follows one shell through the scripts that are put together. */
export class RememberedPrograms {
  /** Programs that the shell has looked up, with whether another one may have come up since. */
  readonly #stale = new Map<string, boolean>();

  /**
   * The program that `script` would find in an old place if it ran next in this shell. `isolated` scripts remember nothing in the
   * shell, but may install.
   */
  staleIn(script: Script): string | undefined {
    const { commands } = script;
    // What the last command brings is nothing to this script: most have only one, and need no copy.
    const stale = commands.length > 1 ? new Map(this.#stale) : this.#stale;
    for (const [at, command] of commands.entries()) {
      const program = programOf(command);
      if (program !== undefined && (stale.get(program) || (command.name === "type" && stale.has(program))))
        return program;
      if (isRefresh(command) || at === commands.length - 1) return undefined;
      age(stale, command, script);
    }
    return undefined;
  }

  add(script: Script, isolated: boolean): void {
    for (const command of script.commands) {
      if (command.inMainShell && isRefresh(command)) this.forget();
      const program = programOf(command);
      if (program !== undefined && command.inMainShell && !isolated && !this.#stale.has(program))
        this.#stale.set(program, false);
      age(this.#stale, command, script);
    }
  }

  forget(): void {
    this.#stale.clear();
  }
}

/** The name that the shell looks up for `command`. */
function programOf(command: Command): string | undefined {
  // `command -v pip`, `exec pip`
  const looksUp = /^(command|exec|type)$/.test(command.name ?? "");
  const name = looksUp ? command.words.slice(1).find(({ raw }) => !raw.startsWith("-"))?.literal : command.name;
  return name === undefined || name.includes("/") || BUILTINS.has(name) ? undefined : name;
}

function isRefresh(command: Command): boolean {
  return command.name === "hash" && command.words[1]?.literal === "-r";
}

/** Marks the programs that `command` may have brought once more. */
function age(stale: Map<string, boolean>, command: Command, script: Script): void {
  const words = innerWords(command);
  const name = baseName(words[0] ?? "");
  const args = command.words.slice(1).map((word) => word.raw);
  const named = NAMED.has(family(name)) || (/^python/.test(name) && words[1] === "-m");
  const anything = !named ? bringsAnything(name, command) : args.some((arg) => /^(-C)?\/usr(\/local)?\/?$/.test(arg));
  const written = command.redirects.flatMap(({ operator, target }) => (operator === "<" || !target ? [] : target.raw));
  // bash does not look further when a program is gone from where it was.
  const removed = name === "rm" ? args.filter((arg) => /\/s?bin\//.test(arg)) : [];
  const places = named || anything ? [...args, ...written] : [...removed, ...written];
  if (places.length === 0) return;
  for (const [program, isStale] of stale) {
    if (isStale) continue;
    const said = places.some((place) => mentions(place, program));
    const built =
      anything &&
      (MOVABLE.test(family(program)) ||
        script.commands.some(({ words }) => words.some(({ raw }) => mentions(raw, program, true))));
    if (said || built) stale.set(program, true);
  }
}

/** Installation scripts, `make install` and the like. */
function bringsAnything(name: string, command: Command): boolean {
  if (BUILTINS.has(name)) return false;
  const args = command.words.slice(1);
  const piped = /^(ba|da|a)?sh$/.test(name) && !args.some(({ raw }) => /^[^-]|^-[a-z]*c$/.test(raw));
  return piped || SWITCHES.test(name) || BRINGS.test(command.words.map(({ raw }) => raw).join(" "));
}

const patterns = new Map<string, RegExp>();

/** `/usr/local/bin/node`, `npm@8`, `pip==20.1`, `node-v12.1.0.tar.gz`; with `versioned` only where a version follows. */
function mentions(word: string, program: string, versioned = false): boolean {
  const name = family(program);
  const key = `${name} ${versioned}`;
  let pattern = patterns.get(key);
  if (!pattern) {
    const end = versioned ? "([@=<>~!]|-v?\\d)" : "([@=<>~!]|-v?\\d|[\"']?$)";
    pattern = new RegExp(`(^|[/"'])${escaped(name)}[\\d.]*${end}`, "i");
    patterns.set(key, pattern);
  }
  return pattern.test(word);
}

/** `pip3.12` and `pip` are versions of one program. */
function family(program: string): string {
  return program.replace(/(?<=[a-z])[\d.]+$/i, "");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
