import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseScript } from "../../src/shell/index.ts";
import { plain } from "../../src/text/index.ts";

const given = new Map([
  ["APP_HOME", "/srv/app"],
  ["APP", "shop"],
  ["PORTS", "80 443"],
  ["PWD", "/srv"],
  ["FILES", "*.js"],
  ["EMPTY", ""],
]);

function literals(text: string): (string | undefined)[] {
  const { commands } = parseScript(plain(text), "dash", undefined, given);
  return commands.flatMap(({ words }) => words.map(({ literal }) => literal));
}

test.each<[string, (string | undefined)[]]>([
  ["cd $APP_HOME", ["cd", "/srv/app"]],
  [`cp -r "$\{APP_HOME}/dist" /$APP-$APP`, ["cp", "-r", "/srv/app/dist", "/shop-shop"]],
  ["$APP_HOME/bin/serve", ["/srv/app/bin/serve"]],
  ["echo '$APP' \\$APP", ["echo", "$APP", "$APP"]],
  // Several words, none, and a pattern.
  ["echo $PORTS $EMPTY $FILES", ["echo", undefined, undefined, undefined]],
  // The shell's own.
  ["echo $PWD", ["echo", undefined]],
  // What is done with one is more than to fill it in.
  [`echo $\{APP:-none} $\{#APP} $\{APP%p} $APP`, ["echo", undefined, undefined, undefined, undefined]],
  ["echo $APP_HOMES $OTHER", ["echo", undefined, undefined]],
])("in `%s` the words are known where the environment tells", (text, expected) => {
  expect(literals(text)).toEqual(expected);
});

test.each([
  "APP=other; echo $APP",
  "export APP=other && echo $APP",
  "unset APP; echo $APP",
  "read APP; echo $APP",
  "for APP in a b; do echo $APP; done",
  ". ./settings; echo $APP",
  "eval 'AP''P=other'; echo $APP",
  'printf -v APP x; echo "$APP"',
  "trap 'x' EXIT; echo $APP",
  "export $(cat /etc/settings | xargs) && echo $APP",
  'declare -x "$SETTING"; echo $APP',
  "IFS=h; echo $APP",
])("`%s` may change what the environment holds", (text) => {
  expect(literals(text).at(-1)).toBeUndefined();
});

test("bash may read another value in the file that BASH_ENV names", () => {
  const env = new Map([...given, ["BASH_ENV", "/etc/settings"]]);
  const { commands } = parseScript(plain("echo $APP"), "bash", undefined, env);
  expect(commands[0]?.words[1]?.literal).toBeUndefined();
});

const word = fc
  .array(
    fc.constantFrom(
      "$APP",
      "${APP}",
      "$APP_HOME",
      "${APP_HOME}",
      "$PORTS",
      "$EMPTY",
      "/",
      "-",
      "x",
      "'$APP'",
      "\\$",
      "=",
      ".",
    ),
    { minLength: 1, maxLength: 4 },
  )
  .chain((parts) => fc.constantFrom(parts.join(""), `"${parts.join("").replaceAll("'", "")}"`));
const shown = word.map((text) => `show ${text}`);
const other = fc.constantFrom(
  "APP=other",
  "export APP_HOME=/opt",
  "APP=x true",
  "( APP=x )",
  "for APP in x; do :; done",
  ": ${APP:=x}",
  "unset APP_HOME",
  ": $(APP=x)",
);

test.each(["sh", "bash"])("what is known of a word is what %s makes of it", (shell) => {
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 3, arbitrary: shown }, other), { minLength: 1, maxLength: 5 }), (lines) => {
      const text = lines.join("\n");
      const known = parseScript(plain(text), shell === "sh" ? "dash" : "bash", undefined, given)
        .commands.filter(({ name }) => name === "show")
        .map(({ words }) => words.map(({ literal }) => literal));
      const run = spawnSync(shell, ["-c", `show() { printf '<%s>' "$@"; echo; }\n${text}`], {
        env: { PATH: process.env.PATH, ...Object.fromEntries(given) },
        encoding: "utf8",
      });
      const printed = run.stdout.split("\n");
      for (const [at, words] of known.entries()) {
        if (words.includes(undefined)) continue;
        const said = words.slice(1).map((each) => `<${each}>`);
        expect(printed[at]).toBe(said.join("") || "<>");
      }
    }),
    { numRuns: 60 },
  );
});
