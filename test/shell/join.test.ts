import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Dialect,
  joinedText,
  joinScripts,
  NO_OPTIONS,
  parseScript,
  type Script,
  type Setting,
  shellOptionsOf,
} from "../../src/shell/index.ts";
import { plain } from "../../src/text/index.ts";
import { scripts } from "../sandbox/scripts.ts";

const ROOT: Setting = { cwd: "/", user: "root", env: new Map([["GIVEN", "given"]]) };

function join(texts: readonly string[], words?: readonly string[], dialect: Dialect = "bash", setting = ROOT): string {
  const options = words ? shellOptionsOf(words) : NO_OPTIONS;
  const parsed = texts.map((text) => parseScript(plain(text), dialect, options));
  const joined = joinScripts(parsed as [Script, ...Script[]], setting);
  return "code" in joined ? `blocked: ${joined.code}` : joinedText(joined);
}

describe("scripts without `set -e`", () => {
  test.each([
    [["a", "b", "c"], "a && b && c"],
    [["a;", " b ; ", "c;"], "a && b && c"],
    [["a || b", "c"], "a || b && c"],
    [["a", "b || c"], "a && { b || c; }"],
    [["a", "b || c", "d || e"], "a && { b || c; } && { d || e; }"],
    [["a; b", "c"], "{ a; b; } && c"],
    [["a", "b; c"], "a && { b; c; }"],
    [["a", "b & c"], "a && { b & c; }"],
    [["a", "b &"], "a && { b & }"],
    [["! a", "! b"], "! a && ! b"],
    [["a | b", "c |  d"], "a | b && c |  d"],
    [["(a)", "(b)"], "(a) && (b)"],
    [["if a; then b; fi", "case c in d) e;; esac"], "if a; then b; fi && case c in d) e;; esac"],
    [[". ./env && a", "b"], "( . ./env && a ) && b"],
    [["cd a", "cd b", "cd c"], "( cd a ) && ( cd b ) && cd c"],
    [["A=1", "b"], "( A=1 ) && b"],
    [["for f in 1 2; do a $f; done", "b"], "for f in 1 2; do a $f; done && b"],
    [["for f in 1 2; do a $f; done", "b $f"], "( for f in 1 2; do a $f; done ) && b $f"],
    [["for f in 1 2; do a $f; done", "while b; do c; done"], "( for f in 1 2; do a $f; done ) && while b; do c; done"],
    [["for f in 1 2; do a $f; done", ". ./env"], "( for f in 1 2; do a $f; done ) && . ./env"],
    [["http_proxy=x; a", "b"], "( http_proxy=x; a ) && b"],
    [["set -x && a", "b"], "set -x && a && b"],
    [["set -x && a", "b 2> log"], "( set -x && a ) && b 2> log"],
    [["set -x; a; b", "c"], "{ set -x; a; b; } && c"],
    [["set -u; a", "b $GIVEN ${OTHER:-}"], "{ set -u; a; } && b $GIVEN ${OTHER:-}"],
    [["set -u; a", "b $OTHER"], "( set -u; a ) && b $OTHER"],
    [["set -o pipefail && a | b", "c"], "set -o pipefail && a | b && c"],
    [["set -o pipefail && a | b", "c | d"], "( set -o pipefail && a | b ) && c | d"],
    [["set -o pipefail && a | b", "set -o pipefail && c | d"], "set -o pipefail && a | b && set -o pipefail && c | d"],
  ])("%j become %j", (texts, expected) => {
    expect(join(texts)).toBe(expected);
  });
});

describe("scripts with `set -e`", () => {
  test.each([
    [["set -e; a", "set -e; b"], "set -e; a; b"],
    [["set -eux; a; b", "set -ex; c; d"], "set -eux; a; b; c; d"],
    [["set -eux; a; b", "set -ex; c $OTHER; d"], "blocked: errexit"],
    [["set -ex; a; b", "set -eux; c; d"], "set -ex; a; b; set -eux; c; d"],
    [["set -eux; a", "b && c", "d"], "set -eux; a; ( b && c ); d"],
    [["set -e; a && b", "set -e; c"], "set -e; ( a && b ); c"],
    [["set -e; cd a; b", "set -e; c"], "set -e; ( cd a; b ); c"],
    [["set -e; a", "b; c"], "( set -e; a ) && { b; c; }"],
    [["set -e; a; b", "c; d"], "blocked: errexit"],
    [["set -e; a; b", "c &"], "blocked: errexit"],
    [["set -ex && a && b", "c"], "set -ex && a && b && c"],
    [["set -ex && a && (b; c)", "d"], "blocked: errexit"],
    [["a", "set -e; b; c"], "a && { set -e; b; c; }"],
    [["a", "set -e; b; c", "d"], "blocked: errexit"],
    [["set -e; if a; then b; fi", "set -e; c"], "set -e; if a; then b; fi; c"],
    [["set -e; for f in 1; do a && b; done", "set -e; c"], "set -e; ( for f in 1; do a && b; done ); c"],
    [["set -e; a; ! b", "set -e; c"], "set -e; ( a; ! b ); c"],
    [["set -e; a; set +e; b", "set -e; c"], "set -e; ( a; set +e; b ); c"],
    [["a # c", "b # d"], "a && b"],
  ])("%j become %j", (texts, expected) => {
    expect(join(texts)).toBe(expected);
  });

  test("from SHELL stay chains where `set -e` makes no difference, else follow each other", () => {
    const words = ["/bin/bash", "-euo", "pipefail", "-c"];
    expect(join(["a && b", "c | d"], words)).toBe("a && b && c | d");
    expect(join(["a; b", "c"], words)).toBe("a; b; c");
    expect(join(["a; b && c", "d"], words)).toBe("( a; b && c ); d");
    expect(join(["cd a; b", "c"], words)).toBe("( cd a; b ); c");
  });
});

describe("programs that come a second time", () => {
  test.each([
    [
      ["pip install -U pip", "pip install a", "pip install b"],
      "pip install -U pip && hash -r && pip install a && pip install b",
    ],
    [["pip install a", "pip install b"], "pip install a && pip install b"],
    [["npm i -g n", "n stable", "npm i -g a"], "npm i -g n && n stable && hash -r && npm i -g a"],
    [["npm i -g n", "n stable && npm i -g a"], "npm i -g n && hash -r && n stable && npm i -g a"],
    [
      ["python a.py", "./configure && make install", "python b.py"],
      "python a.py && ./configure && make install && hash -r && python b.py",
    ],
    [
      ["git clone a", "make git-2.40 && make install", "git clone b"],
      "git clone a && make git-2.40 && make install && hash -r && git clone b",
    ],
    [["git clone a", "make install", "git clone b"], "git clone a && make install && git clone b"],
    [
      ["node -v", "tar -xf node-v20.tar.xz -C /usr/local", "node -v"],
      "node -v && tar -xf node-v20.tar.xz -C /usr/local && hash -r && node -v",
    ],
    [["( pip install -U pip )", "pip install a"], "( pip install -U pip ) && pip install a"],
    [["cd a && pip install -U pip", "pip install a"], "( cd a && pip install -U pip ) && pip install a"],
    [
      ["pip -V", "pip install -U pip", "command -v pip > at"],
      "pip -V && pip install -U pip && hash -r && command -v pip > at",
    ],
    [["a", "b > /usr/local/bin/a", "a"], "a && b > /usr/local/bin/a && hash -r && a"],
    [["a", "rm /usr/local/bin/a", "a"], "a && rm /usr/local/bin/a && hash -r && a"],
    [["a", "rm -r /tmp/a", "a"], "a && rm -r /tmp/a && a"],
    [["a", "type a > at"], "a && hash -r && type a > at"],
    [
      ["apt-get update", "apt-get install -y curl", "apt-get clean"],
      "apt-get update && apt-get install -y curl && apt-get clean",
    ],
  ])("%j become %j", (texts, expected) => {
    expect(join(texts)).toBe(expected);
  });
});

describe("scripts that stay apart", () => {
  test.each([
    [["a &", "b"], "escapes-background"],
    [[". ./setup.sh", "b"], "errexit-in-file"],
    [["source env; a", "b"], "errexit-in-file"],
    [["a && eval b", "c"], "errexit-in-file"],
    [["service x start", "b"], "escapes-daemon"],
    [["# c", "b"], "no-commands"],
    [["a", "echo $_"], "self-aware"],
    [["a", "echo $LINENO"], "self-aware"],
    [["a", "pkill -f a"], "self-aware"],
    [["a(", "b"], "unknown-script"],
    [["alias a=b", "a"], "escapes-alias"],
    [[`echo ${"a".repeat(60_000)}`, `echo ${"b".repeat(60_000)}`], "too-long"],
  ])("%j: %s", (texts, code) => {
    expect(join(texts)).toBe(`blocked: ${code}`);
  });

  test("of windows and of shells that nobody knows", () => {
    expect(join(["a", "b"], undefined, "windows")).toBe("blocked: windows-shell");
    expect(join(["a", "b"], undefined, "unknown")).toBe("blocked: unknown-shell");
  });

  test("where BASH_ENV names a file that bash reads", () => {
    const setting: Setting = { ...ROOT, env: new Map([["BASH_ENV", "/env"]]) };
    expect(join(["a", "b"], undefined, "bash", setting)).toBe("blocked: bash-env");
    expect(join(["a", "b"], undefined, "dash", setting)).toBe("a && b");
  });
});

describe("for all scripts", () => {
  test("a join parses, and each command is still in it, in order", () => {
    fc.assert(
      fc.property(scripts, (texts) => {
        const text = join(texts);
        if (text.startsWith("blocked")) return;
        const joined = parseScript(plain(text), "bash");
        expect(joined.unknown).toBeUndefined();
        const names = (script: Script) => script.commands.map(({ words }) => words[0]?.raw);
        const before = texts.flatMap((each) => names(parseScript(plain(each), "bash")));
        const added = (name: string | undefined) => name === "set" || name === "hash";
        expect(names(joined).filter((name) => !added(name))).toEqual(before.filter((name) => !added(name)));
      }),
      { numRuns: 2000 },
    );
  });
});
