/**
 * Names of variables that say which build this is: its commit, its date, its number. They are for labels and for the app; ADR 0011 says
 * what is claimed of tools that don't read them. `SOURCE_DATE_EPOCH` is none of them: compilers and package managers heed it. Nor is `CI`.
 */

import type { Footprint, Invocation } from "./types.ts";

/** Of the commit or the moment of a build, in names that nobody takes for anything else: `GIT_SHA`, `VCS_REF`, `BUILD_DATE`. */
const COMMIT_OR_DATE = new RegExp(
  `^(arg_)?(${[
    "((git|vcs|scm|source|app|image|build|head|version|last)_?)?commit(_?(sha1?|hash|id|ref|short|short_sha|date|time))?",
    "(git|vcs|scm|head|source|build|short)_?(sha1?|hash|rev|revision|ref)(_short)?",
    "(git|vcs|scm|source)_?(branch|tag|describe|url|date)",
    "(git_)?short_sha",
    "(app_|image_|git_|vcs_|version_)?build_?(date|time|timestamp|datetime)",
    "built_at|created_at|creation_date|bdate",
  ].join("|")})$`,
  "i",
);

/** Of any kind, such as a version of the app or what a CI system sets. */
const ANY = new RegExp(
  `^(arg_)?(${[
    "((app|image|release|build|package|project|service|product|container|software|api)_?)?(version|revision|release)",
    "((app|image|img|docker|release|build|project)_?)?(tag|branch)",
    "(build|ci|job|pipeline)_?(number|num|no|id|url|tag|ref|rev|event|slug)",
    "(ci|github|gitlab|circle|travis|drone|buildkite|bitbucket)_\\w+",
    "date|timestamp|ref|sha|hash",
  ].join("|")})$`,
  "i",
);

/** Credentials that a CI system sets are for tools. */
const SECRET = /token|secret|passw|credential|key|auth/i;

/** Whether a program that installs an app's dependencies, and the packages that it installs, take no notice of a variable of this name. */
export function isCommitStamp(name: string): boolean {
  return COMMIT_OR_DATE.test(name) && !SECRET.test(name);
}

/** Whether a distribution's programs, its package manager and its packages' scripts take no notice of a variable of this name. */
export function isStamp(name: string): boolean {
  return (COMMIT_OR_DATE.test(name) || ANY.test(name)) && !SECRET.test(name);
}

/** Programs that bring files in, unpack them, trust them, and move them about. None runs code of the app. */
const PLAIN: ReadonlySet<string> = new Set([
  ...["apt-get", "apt", "aptitude", "apk", "yum", "dnf", "microdnf", "tdnf", "zypper", "pacman", "dpkg", "rpm"],
  ...["apt-key", "apt-mark", "add-apt-repository", "update-ca-certificates", "dpkg-reconfigure", "locale-gen"],
  ...["debconf-set-selections", "ldconfig", "setcap", "a2enmod", "a2ensite", "a2dismod", "docker-php-ext-enable"],
  ...["curl", "wget", "tar", "unzip", "gunzip", "bunzip2", "xz", "gpg", "gpg2", "gpgconf", "sha1sum", "sha256sum"],
  ...["sha512sum", "useradd", "adduser", "groupadd", "addgroup", "usermod", "groupmod", "userdel", "deluser", "mkdir"],
  ...[
    "rmdir",
    "chmod",
    "chown",
    "chgrp",
    "ln",
    "touch",
    "cp",
    "mv",
    "rm",
    "ls",
    "stat",
    "cat",
    "install",
    "tee",
    "sed",
  ],
  ...["grep", "head", "tail", "sort", "cut", "tr", "id", "which", "sync", "passwd", "chpasswd", "mktemp", "readlink"],
]);

/** Whether a program moves files and packages about and runs no code of the app. */
export function isPlainProgram(name: string): boolean {
  return PLAIN.has(name);
}

/** Names of variables that a command takes no notice of, as long as its words don't hold them; undefined where that is not known. */
export function unnoticedBy(
  { call, ecosystem, purpose }: Invocation,
  footprint: Footprint | undefined,
): ((name: string) => boolean) | undefined {
  if (PLAIN.has(call.tool) || (ecosystem === "git" && purpose === "system")) return isStamp;
  return footprint && isCommitStamp;
}
