/**
 * Where a shell found a program, it looks again only in a new shell or after `hash -r`. A RUN that installs a second `pip` nearer to
 * the front of PATH is followed today by a RUN that finds the new one; in one shell the old one would run again.
 */
import { baseName, innerWords } from "./nested.ts";
import type { Command, Script } from "./types.ts";

const BUILTINS = new Set(
  `. : [ alias bg break builtin caller case cd command continue declare echo enable eval exec exit export false fg for getopts
  hash help if jobs kill let local logout popd printf pushd pwd read readonly return set shift shopt source test times trap true
  type typeset ulimit umask unalias unset until wait while`.split(/\s+/),
);

/** Programs of the base system: found where they always were, unless an installation names them. */
const BASE = new Set(
  `add-apt-repository addgroup adduser apk apt apt-add-repository apt-cache apt-get apt-key apt-mark aptitude awk base64 basename
  bash bunzip2 bzip2 cat chgrp chmod chown cmp cp cut date dd debconf-set-selections delgroup deluser df diff dirname dnf dnf5 dpkg
  dpkg-reconfigure du egrep env expr fc-cache fgrep find fold getent git gpasswd gpg grep groupadd groupdel groupmod gunzip gzip head
  hostname id install ldconfig ln localedef locale-gen ls md5sum microdnf mkdir mkfifo mknod mktemp mv nproc od pacman paste
  passwd patch ps pwd readlink realpath rm rmdir rpm sed seq sh sha1sum sha256sum sha512sum sleep sort split stat strip su sudo
  sync systemctl tail tar tdnf tee touch tr tty uname unexpand uniq unlink unxz unzip update-alternatives update-ca-certificates
  update-locale update-rc.d useradd userdel usermod wc which whoami xargs xz yes yum zcat zypper a2enmod a2dismod a2ensite
  chkconfig chsh chpasswd dos2unix make gcc g++ cc perl`.split(/\s+/),
);

/** Programs that bring the programs which their words name, and no others that matter. */
const INSTALLERS = new Set(
  `apk apt apt-get aptitude bundle bundler cargo composer conda cp cpan cpanm curl dnf dnf5 docker-php-ext-install dpkg easy_install
  gem git go gradle install ln luarocks microdnf mv mvn npm npx pacman pear pecl pip pip2 pip3 pnpm rpm tar tdnf unzip
  update-alternatives wget yarn yum zypper`.split(/\s+/),
);

/** Programs of the base system that run whatever they are given. */
const RUNNERS = new Set("sh bash su sudo make perl xargs env".split(" "));

/** Follows one shell through the scripts that are put together. */
export class RememberedPrograms {
  /** Programs that the shell has looked up, with whether another one may have come up since. */
  readonly #stale = new Map<string, boolean>();

  /**
   * The program that `script` would find in an old place if it ran next in this shell. `isolated` scripts remember nothing in the
   * shell, but may install.
   */
  staleIn(script: Script): string | undefined {
    const stale = new Map(this.#stale);
    for (const command of script.commands) {
      const program = programOf(command);
      if (program !== undefined && stale.get(program)) return program;
      if (isRefresh(command)) return undefined;
      age(stale, command);
    }
    return undefined;
  }

  add(script: Script, isolated: boolean): void {
    for (const command of script.commands) {
      if (command.inMainShell && isRefresh(command)) this.forget();
      const program = programOf(command);
      if (program !== undefined && command.inMainShell && !isolated && !this.#stale.has(program))
        this.#stale.set(program, false);
      age(this.#stale, command);
    }
  }

  forget(): void {
    this.#stale.clear();
  }
}

/** The name that the shell looks up for `command`. */
function programOf(command: Command): string | undefined {
  const { name } = command;
  return name === undefined || name.includes("/") || BUILTINS.has(name) ? undefined : name;
}

function isRefresh(command: Command): boolean {
  return command.name === "hash" && command.words[1]?.literal === "-r";
}

/** Marks the programs that `command` may have brought once more. */
function age(stale: Map<string, boolean>, command: Command): void {
  const words = innerWords(command);
  const name = baseName(words[0] ?? command.words[0]?.raw ?? "");
  const named = INSTALLERS.has(name) || (/^python[\d.]*$/.test(name) && words[1] === "-m");
  if (name === "" || BUILTINS.has(name) || (BASE.has(name) && !named && !RUNNERS.has(name))) return;
  const text = command.words
    .slice(1)
    .map((word) => word.raw)
    .join(" ");
  for (const program of stale.keys()) {
    const mentioned = new RegExp(`(^|[^A-Za-z0-9_-]|-)${escaped(program.replace(/[\d.]+$/, ""))}([^A-Za-z_]|$)`).test(
      text,
    );
    if (mentioned || (!named && !BASE.has(program))) stale.set(program, true);
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
