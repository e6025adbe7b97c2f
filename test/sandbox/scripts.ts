/** Generated scripts that hold everything that has been seen to escape a RUN (breakages 2c), and much that does not. */
import fc from "fast-check";

const ATOMS = [
  ..."touch made|echo more >> made|rm -f made|mkdir -p sub|cat seed > copy|pwd > where|ls > listing|tool > says".split(
    "|",
  ),
  ..."cd src|cd sub|cd /tmp|cd|pushd src".split("|"),
  ..."FOO=plain|export FOO=exported|unset GIVEN|GIVEN=changed|readonly FOO=fixed|FOO=once env > /dev/null".split("|"),
  ..."umask 077|ulimit -c 0|IFS=:|set -u|set -x|set -f|set -e|set +e|set -- one two|shift".split("|"),
  ..."exit 0|exit 3|exec touch executed|exec > log|exec 2> errors|return 0".split("|"),
  ..."false|true|! true|! test -e made|test -e made|test -e absent|false \\|\\| true|true \\|\\| touch never"
    .split(/(?<!\\)\|/)
    .map((text) => text.replaceAll("\\|", "|")),
  "trap 'touch trapped' EXIT",
  "test -e trapped",
  "f() { touch from-f; }",
  "f",
  "ls() { echo fake; }",
  'echo "[$FOO]" > foo',
  'echo "$GIVEN" > given',
  'env | grep -c "^FOO=" > exported',
  'echo "$?" > status',
  'echo "$# $*" > arguments',
  'echo "${FOO:-unset}" > default',
  ': "${FOO:=assigned}"',
  'echo "${FOO:?}" > required',
  "echo $((1 + 2)) > sum",
  "for each in x y; do echo $each >> each; done",
  "for each in x y; do test $each = y && touch $each; done",
  "for word in $(cat seed); do echo $word >> words; done",
  'v=a:b; for part in $v; do echo "$part" >> parts; done',
  'while read line; do echo "$line" >> lines; done < seed',
  "read first < seed",
  "if test -e made; then touch yes; else touch no; fi",
  "if test -e absent; then touch yes; fi",
  "case $FOO in exported) touch is-exported;; *) touch is-other;; esac",
  "( cd src; touch inside; false; true )",
  "( cd src && touch inside )",
  "( set -e; false; touch after-failure )",
  "{ set -e; touch before; false; touch after-failure; }",
  "trap 'touch failed' ERR",
  "x=$(set -e; false; echo reached); touch x$x",
  "{ touch braces; false; true; }",
  "{ touch first; exit 0; }",
  'x=$(false; echo hi); echo "$x" > x',
  'x=$(false); echo "$x" > x',
  "false | true",
  "true | false",
  "echo piped | cat > piped",
  "echo 'one\\ntwo' > escapes",
  'echo "it\'s # no comment" > hash',
  "printf '#!/bin/sh\\necho new\\n' > /usr/local/bin/tool && chmod +x /usr/local/bin/tool",
  ". ./settings.sh",
  "eval 'cd src'",
  "ln -s made link",
  "chmod 700 seed",
  "cd .. && rm -rf work && mkdir work",
  "rm -rf /work && mkdir /work",
  "mv src moved",
  "touch /dev/shm/shared",
  "test -e /dev/shm/shared && touch shared",
  "ln seed second-name",
  "echo more >> seed",
  "echo $$ > /dev/null",
  "alias ls=false",
];

const operators = fc.constantFrom("; ", " && ", " && ", " && ", " || ");
const preludes = fc.constantFrom(
  "",
  "",
  "",
  "",
  "set -e; ",
  "set -eux; ",
  "set -ex && ",
  "set -x && ",
  "set -eu; ",
  "set -e && ",
);
const endings = fc.constantFrom("", "", "", ";", " ;", "  ");

/** One script of one to four commands. */
export const script: fc.Arbitrary<string> = fc
  .tuple(preludes, fc.array(fc.tuple(fc.constantFrom(...ATOMS), operators), { minLength: 1, maxLength: 4 }), endings)
  .map(([prelude, commands, ending]) => {
    const text = commands.map(([atom, operator], at) => (at === commands.length - 1 ? atom : atom + operator)).join("");
    return prelude + text + ending;
  });

/** Two or three scripts. */
export const scripts: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(script, script) },
  { weight: 1, arbitrary: fc.tuple(script, script, script) },
);
