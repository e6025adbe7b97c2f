import { describe, expect, test } from "vitest";
import { folderBefore, isOfCommands, parseScript, sequenceOf } from "../../src/shell/index.ts";
import { plain } from "../../src/text/index.ts";

const scriptOf = (text: string) => parseScript(plain(text), "sh");

describe("the folder of a command", () => {
  test.each([
    ["/app", "here"],
    ["/app/web", "cd web && here"],
    ["/srv", "cd web; cd /srv; here"],
    ["/app", "(cd web && true) && here"],
    ["/app/web", "(cd web && here)"],
    ["/app", "cd web | here"],
    ["/app", "echo $(cd web && pwd) && here"],
    ["/app/web/lib", "cd web && (cd lib && here)"],
    ["/app", "cd web && cd .. && here"],
    [undefined, "cd - && here"],
    [undefined, "cd $FOLDER && here"],
    [undefined, "if true; then cd web; fi; here"],
    [undefined, "pushd web && here"],
  ])("%s: %s", (folder, text) => {
    const script = scriptOf(text);
    const command = script.commands.find(({ name }) => name === "here");
    expect(folderBefore(script, command!, "/app")).toBe(folder);
  });

  test("is known behind an absolute one, wherever the script starts", () => {
    const script = scriptOf("cd /srv && here");
    expect(folderBefore(script, script.commands[1]!, undefined)).toBe("/srv");
  });
});

describe("a folder that the environment names", () => {
  const env = new Map([
    ["APP_HOME", "/srv/app"],
    ["OTHER", "a b"],
    ["GIVEN", undefined],
  ]);
  test.each([
    ["/srv/app", "cd $APP_HOME && here"],
    ["/srv/app/web", 'cd "${APP_HOME}/web" && here'],
    ["/srv/app", "cd $APP_HOME && here && APP_HOMES=/b there"],
    [undefined, "APP_HOME=/b; cd $APP_HOME && here"],
    [undefined, "read APP_HOME; cd $APP_HOME && here"],
    [undefined, ". ./settings; cd $APP_HOME && here"],
    [undefined, "cd $OTHER && here"],
    [undefined, "cd $GIVEN && here"],
    [undefined, "cd $HOME && here"],
    [undefined, "cd ${APP_HOME:-/b} && here"],
  ])("%s: %s", (folder, text) => {
    const script = scriptOf(text);
    const command = script.commands.find(({ name }) => name === "here");
    expect(folderBefore(script, command!, "/app", env)).toBe(folder);
  });
});

describe("a sequence", () => {
  test.each([
    ["&&", "a && b && c"],
    [";", "set -e; a; b"],
    [";", "set -eux\na\n# about b\n\nb\n"],
    [";", "set -o errexit; a; b"],
  ])("%s: %s", (separator, text) => {
    expect(sequenceOf(scriptOf(text))?.separator).toBe(separator);
  });

  test.each([
    "a; b",
    "set -e; a && b; c",
    "set -e; a; set +e; b",
    "set -u; a; b",
    "set -e; a || b",
    "set -e; a & b",
    "set -e; ! a; b",
    "set -e; a | b; c",
    "set -e; (a; b)",
    "set -e $MORE; a; b",
  ])("none: %s", (text) => {
    expect(sequenceOf(scriptOf(text))).toBeUndefined();
  });
});

test("a script of commands alone", () => {
  for (const text of ["a && b", "if a; then b; fi", "(a; b) | c", "{ a; }"])
    expect(isOfCommands(scriptOf(text))).toBe(true);
  for (const text of ["for x in *; do a; done", "a &", "{ a; } > file", "f() { a; }; f", "case $A in *) a;; esac"])
    expect(isOfCommands(scriptOf(text)), text).toBe(false);
});
