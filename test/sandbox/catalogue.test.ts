import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { joinedText, joinScripts, parseScript, type Script } from "../../src/shell/index.ts";
import { plain } from "../../src/text/index.ts";
import { missingTools, Sandbox, SHELLS, type ShellName } from "./sandbox.ts";

/** The table of breakages 2c: two RUNs that a naive join breaks, and more of their kind. What a join must yield, or why there is none. */
const CASES: readonly {
  readonly says: string;
  readonly scripts: readonly [string, string];
  readonly joined?: string;
  readonly blocked?: string;
}[] = [
  { says: "cwd", scripts: ["cd src", "touch made"], joined: "( cd src ) && touch made" },
  {
    says: "an exported variable",
    scripts: ["export FOO=x", 'echo "[$FOO]" > foo'],
    joined: '( export FOO=x ) && echo "[$FOO]" > foo',
  },
  { says: "umask", scripts: ["umask 077", "touch made"], joined: "( umask 077 ) && touch made" },
  {
    says: "set -u",
    scripts: ["set -u; true", 'echo "$NOBODY_SET" > made'],
    joined: '( set -u; true ) && echo "$NOBODY_SET" > made',
  },
  {
    says: "an ignored failure",
    scripts: ["false; echo a > a", "echo b > b"],
    joined: "{ false; echo a > a; } && echo b > b",
  },
  {
    says: "exit 0 behind ||",
    scripts: ["test -e absent || exit 0", "echo b > b"],
    joined: "( test -e absent || exit 0 ) && echo b > b",
  },
  { says: "exit 0", scripts: ["echo a > a; exit 0", "echo b > b"], joined: "( echo a > a; exit 0 ) && echo b > b" },
  { says: "exec", scripts: ["exec touch a", "touch b"], joined: "( exec touch a ) && touch b" },
  { says: "a final semicolon", scripts: ["touch a;", "touch b"], joined: "touch a && touch b" },
  { says: "a background job", scripts: ["touch a &", "touch b"], blocked: "escapes-background" },
  { says: "a comment", scripts: ["touch a # note", "touch b"], joined: "touch a && touch b" },
  {
    says: "a function",
    scripts: ["ls() { echo fake; }; true", "ls > listing"],
    joined: "( ls() { echo fake; }; true ) && ls > listing",
  },
  {
    says: "a redirected shell",
    scripts: ["exec > log; echo a", "echo b"],
    joined: "( exec > log; echo a ) && echo b",
  },
  {
    says: "an EXIT trap",
    scripts: ["trap 'touch c' EXIT", "test -e c"],
    joined: "( trap 'touch c' EXIT ) && test -e c",
  },
  {
    says: "IFS",
    scripts: ["IFS=:; true", "v='a b'; for i in $v; do touch $i; done"],
    joined: "( IFS=:; true ) && { v='a b'; for i in $v; do touch $i; done; }",
  },
  {
    says: "an alternative in the second",
    scripts: ["false", "false || touch b"],
    joined: "false && { false || touch b; }",
  },
  {
    says: "a program that comes a second time",
    scripts: [
      "tool && printf '#!/bin/sh\\nexit 3\\n' > /usr/local/bin/tool && chmod +x /usr/local/bin/tool && install -m 755 /usr/local/bin/tool /usr/local/bin/tool2",
      "tool",
    ],
  },
  { says: "what is safe: a || true", scripts: ["false || true", "touch b"], joined: "false || true && touch b" },
  { says: "what is safe: a glob", scripts: ["touch a1 a2", "cat a* > all"], joined: "touch a1 a2 && cat a* > all" },
  {
    says: "what is safe: if without else",
    scripts: ["if test -e absent; then touch a; fi", "touch b"],
    joined: "if test -e absent; then touch a; fi && touch b",
  },
  {
    says: "set -e in both",
    scripts: ["set -eux; touch a; test -e a", "set -eux; touch b; false; touch c"],
    joined: "set -eux; touch a; test -e a; touch b; false; touch c",
  },
  {
    says: "set -e in the second",
    scripts: ["false", "set -e; touch b"],
    joined: "false && { set -e; touch b; }",
  },
  {
    says: "set -e whose last command hides its failure",
    scripts: ["set -e; test -e absent && touch a", "set -e; touch b"],
    joined: "set -e; ( test -e absent && touch a ); touch b",
  },
  {
    says: "set -e that && would switch off",
    scripts: ["set -e; false; touch a", "touch b; touch c"],
    blocked: "errexit",
  },
  { says: "set -e in a subshell", scripts: ["( set -e; false; touch a )", "touch b"], blocked: "errexit" },
  { says: "an ERR trap", scripts: ["trap 'touch failed' ERR; false; true", "touch b"], blocked: "escapes-trap" },
  { says: "the folder itself", scripts: ["rm -rf /work && mkdir /work", "touch a"], blocked: "escapes-workdir" },
  { says: "/dev/shm", scripts: ["touch /dev/shm/a", "test -e /dev/shm/a || touch b"], blocked: "escapes-container" },
  { says: "a hard link", scripts: ["ln seed second", "echo more >> seed"], blocked: "escapes-hard-link" },
];

/** How other tools join: each must be seen to break. */
const NAIVE: Readonly<Record<string, (first: string, second: string) => string>> = {
  "a && b": (first, second) => `${first} && ${second}`,
  "a; b": (first, second) => `${first}; ${second}`,
  "heredoc with set -e": (first, second) => `set -e\n${first}\n${second}\n`,
  "{ a; } && b": (first, second) => `{ ${first}\n} && ${second}`,
  "( a ) && b": (first, second) => `( ${first}\n) && ${second}`,
};

const SLOW = 900_000;

const SETTING = { cwd: "/work", user: "root", env: new Map() };
const missing = missingTools();

describe("2c", () => {
  for (const { says, scripts, joined, blocked } of CASES) {
    test(`2c: ${says}`, () => {
      const join = joinScripts(scripts.map((text) => parseScript(plain(text), "dash")) as [Script, Script], SETTING);
      if (blocked) expect("code" in join && join.code).toBe(blocked);
      else if (joined) expect("code" in join ? join : joinedText(join)).toBe(joined);
    });
  }
});

describe.runIf(missing.length === 0)("2c in real shells", () => {
  let sandbox: Sandbox;
  beforeAll(() => {
    sandbox = new Sandbox();
  });
  afterAll(() => sandbox.remove());

  const breaks = (join: (first: string, second: string) => string, shell: ShellName) =>
    CASES.filter(({ scripts }) => {
      const separate = sandbox.build(shell, scripts);
      const naive = sandbox.build(shell, [join(...scripts)]);
      return separate.worked !== naive.worked || separate.files !== naive.files;
    }).map(({ says }) => says);

  for (const shell of SHELLS) {
    test(
      `2c: joined scripts do in ${shell} what separate ones do`,
      () => {
        for (const { scripts } of CASES) {
          const join = joinScripts(scripts.map((text) => parseScript(plain(text), shell)) as [Script, Script], SETTING);
          if ("code" in join) continue;
          expect(sandbox.build(shell, [joinedText(join)]), joinedText(join)).toEqual(sandbox.build(shell, scripts));
        }
      },
      SLOW,
    );
  }

  for (const [name, join] of Object.entries(NAIVE)) {
    test(
      `2c: the naive join ${name} is caught`,
      () => {
        expect(breaks(join, "dash").length).toBeGreaterThan(0);
      },
      SLOW,
    );
  }
});
