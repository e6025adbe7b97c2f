/**
 * Names of variables that say which build this is: its commit, its date, its number. They are for labels and for the app; ADR 0011 says
 * what is claimed of tools that don't read them. `SOURCE_DATE_EPOCH` is none of them: compilers and package managers heed it. Nor is `CI`.
 */

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
    "((app|image|docker|img|release|build|package|project|service|product|container|software|api)_?)?(version|revision|release|tag|branch)",
    "(build|ci|job|run|pipeline)_?(number|num|no|id|url|tag|ref|rev|event|by|user|host|slug)",
    "(ci|github|gitlab|circle|travis|drone|buildkite|bitbucket|jenkins|teamcity|codebuild)_\\w+",
    "date|timestamp|refreshed_at|ref|sha|hash",
  ].join("|")})$`,
  "i",
);

/** Credentials that a CI system sets are for tools. */
const SECRET = /token|secret|passw|credential|key|auth/i;

/** Whether programs that install an app's dependencies, and the packages that they install, take no notice of a variable of this name. */
export function isCommitStamp(name: string): boolean {
  return COMMIT_OR_DATE.test(name) && !SECRET.test(name);
}

/** Whether a distribution's package manager and its packages' scripts take no notice of a variable of this name. */
export function isStamp(name: string): boolean {
  return (COMMIT_OR_DATE.test(name) || ANY.test(name)) && !SECRET.test(name);
}
