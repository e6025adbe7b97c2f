/** Commands with real effects, of which the model knows the meaning: a shell language for the engine. */
import fc from "fast-check";

const files = fc.constantFrom("a", "b", "/srv/a", "/srv/d/b", "d/c", "/x", "/w/link", "/srv/x.c", "new");
/** Never the root, which holds /proc: a recursive command would not end. */
const folders = fc.constantFrom("d", "/srv", "/srv/d", "/w", "/opt/x", "d/e/f", "/w/dirlink");
const any = fc.oneof(files, folders);
const words = fc.constantFrom(
  "x",
  "two words",
  "$FOO",
  "${BAR:-none}",
  "${BAR-unset}",
  "${FOO:+set}",
  "$GIVEN",
  "$A",
  "it's",
  "$(cat a)",
  "*.c",
  "\\\\",
  "$(echo x; echo y)",
  "${#FOO}",
  "${A#1}",
  "$((1 + 2))",
  "",
);
const quoted = fc.oneof(
  words.map((word) => `"${word}"`),
  fc.constantFrom("x", "$FOO", "'$FOO'", "$A", "*.c", "x  y"),
);
const modes = fc.constantFrom("600", "755", "0644", "+x", "u=rw,go=", "g-w", "4755", "1777", "a+X");
const owners = fc.constantFrom("app", "app:app", "web", "1000", "1000:2000", ":www", "root:root", "app:", "2000");

/** Commands that change files. */
const changes = fc.oneof(
  any.map((path) => `touch ${path}`),
  fc.tuple(files, files).map(([one, two]) => `touch ${one} ${two}`),
  folders.map((path) => `mkdir -p ${path}`),
  any.map((path) => `mkdir ${path}`),
  fc.tuple(modes, folders).map(([mode, path]) => `mkdir -m ${mode} ${path}`),
  folders.map((path) => `rmdir ${path}`),
  fc.tuple(quoted, files).map(([word, path]) => `echo ${word} > ${path}`),
  fc.tuple(quoted, files).map(([word, path]) => `echo ${word} >> ${path}`),
  fc.tuple(quoted, files).map(([word, path]) => `printf '%s\\n' ${word} > ${path}`),
  files.map((path) => `printf plain > ${path}`),
  files.map((path) => `> ${path}`),
  fc.tuple(quoted, files).map(([word, path]) => `echo ${word} | tee ${path} > /dev/null`),
  fc.tuple(any, files).map(([from, to]) => `cat ${from} > ${to}`),
  fc.tuple(files, files, files).map(([one, two, to]) => `cat ${one} ${two} > ${to}`),
  fc.tuple(fc.constantFrom("", "", "-r ", "-a ", "-p "), any, any).map(([flag, from, to]) => `cp ${flag}${from} ${to}`),
  fc.tuple(any, any).map(([from, to]) => `mv ${from} ${to}`),
  fc
    .tuple(fc.constantFrom("-s", "-sf", "-sfn", "-f", ""), any, any)
    .map(([flag, from, to]) => `ln ${flag} ${from} ${to}`),
  any.map((path) => `rm ${path}`),
  any.map((path) => `rm -f ${path}`),
  folders.map((path) => `rm -rf ${path}`),
  folders.map((path) => `rm -rf ${path}/*`),
  fc.constantFrom("rm -f *.c", "rm -rf /srv/.h*", "rm -f /srv/?"),
  fc.tuple(fc.constantFrom("", "-R "), modes, any).map(([flag, mode, path]) => `chmod ${flag}${mode} ${path}`),
  fc.tuple(fc.constantFrom("", "-R "), owners, any).map(([flag, owner, path]) => `chown ${flag}${owner} ${path}`),
);

const tests = fc.oneof(
  any.map((path) => `test -e ${path}`),
  any.map((path) => `[ -f ${path} ]`),
  any.map((path) => `[ -d ${path} ]`),
  any.map((path) => `[ -L ${path} ]`),
  any.map((path) => `[ -s ${path} ]`),
  any.map((path) => `[ -x ${path} ]`),
  fc.constantFrom("true", "false", '[ -n "$FOO" ]', '[ "$A" = 1 ]', "[ 1 -lt 2 ]", "[ -z $FOO ]"),
);

const shell = fc.oneof(
  folders.map((path) => `cd ${path}`),
  fc.constantFrom("cd", "cd -", "cd ..", "cd /srv/../w"),
  fc.tuple(fc.constantFrom("FOO", "BAR", "low"), quoted).map(([name, value]) => `${name}=${value}`),
  fc.tuple(fc.constantFrom("FOO", "BAR"), quoted).map(([name, value]) => `export ${name}=${value}`),
  fc.constantFrom("unset FOO", "unset A", "umask 077", "umask 027", "set -e", "set -u", "set -f", "set +e", "set -C"),
  fc.constantFrom(
    "set -- one two",
    "set -- one two; shift",
    "IFS=:",
    "exit 0",
    "test -e made || exit 3",
    "exec touch executed",
    "exec > log",
  ),
  fc.constantFrom(
    "trap 'touch /trapped' EXIT",
    "f() { touch from-f; }",
    "f() { cd /srv; return 1; }",
    "f",
    "readonly BAR=fixed",
  ),
  fc.constantFrom("set -o pipefail", "set -eo pipefail", "false | true", "local x=1"),
);

const notices = fc.constantFrom(
  'echo "[$FOO]" > foo',
  'echo "$BAR" > bar',
  'echo "$low" > low',
  'v=a:b; for each in $v; do echo "$each" >> parts; done',
  "for each in a b 'c d'; do touch $each; done",
  "for each in *.c; do echo $each >> globbed; done",
  'echo "$1$#" > arguments',
  'echo "$?" > status',
  'echo "$PWD" > place',
  'echo "$HOME" > home',
  'echo "$@" > all',
  "echo $- > flags",
  "pwd > where",
  'case "$A" in 1*) touch one ;; x|y) touch letters ;; *) touch other ;; esac',
  "case a.c in *.c) echo c > kind ;; esac",
  "while read line; do echo $line >> read; done < a",
  "i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i > count",
  "cat <<-END > here\n\t$FOO\n\tx\n\tEND\n",
  "cat <<'END' > here\n$FOO\nEND\n",
  "cat << END > here\n$A $(echo z)\nEND\n",
  "eval 'touch evaluated'",
  "command -v cat > /dev/null && touch found",
  "env | grep -c GIVEN > environment",
  "id -u > user",
  "umask > mask",
);

export const simpleCommands = fc.oneof(
  { weight: 8, arbitrary: changes },
  { weight: 1, arbitrary: tests },
  { weight: 3, arbitrary: shell },
  { weight: 3, arbitrary: notices },
);

const onOneLine = simpleCommands.filter((command) => !command.includes("\n"));

const commands: fc.Arbitrary<string> = fc.letrec<{ line: string; compound: string }>((tie) => ({
  line: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    { weight: 5, arbitrary: onOneLine },
    { weight: 2, arbitrary: tie("compound") },
  ),
  compound: fc.oneof(
    fc.tuple(tie("line"), tie("line")).map(([a, b]) => `${a} && ${b}`),
    fc.tuple(tie("line"), tie("line")).map(([a, b]) => `${a} || ${b}`),
    fc.tuple(tie("line"), tie("line")).map(([a, b]) => `${a}; ${b}`),
    tie("line").map((a) => `( ${a} )`),
    tie("line").map((a) => `{ ${a}; }`),
    tests.map((a) => `! ${a}`),
    fc.tuple(tests, tie("line"), tie("line")).map(([a, b, c]) => `if ${a}; then ${b}; else ${c}; fi`),
    fc.tuple(tie("line"), files).map(([a, b]) => `{ ${a}; } > ${b}`),
    tie("line").map((a) => `for each in x y; do ${a}; done`),
  ),
})).line;

/** One line. Most commands may fail without failing the RUN, so that most builds get to their end. */
export const oneLiners: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "", "", "set -e; ", "set -u; "),
    fc.array(commands, { minLength: 1, maxLength: 4 }),
    fc.constantFrom("; ", "; ", " && "),
    fc.constantFrom("", "; true", "; true", "; true"),
  )
  .map(([start, parts, joint, end]) => start + parts.join(joint) + end);

/** The lines of a heredoc. */
export const scriptLines: fc.Arbitrary<readonly string[]> = fc
  .array(fc.oneof({ weight: 3, arbitrary: commands }, { weight: 1, arbitrary: simpleCommands }), {
    minLength: 1,
    maxLength: 4,
  })
  .chain((lines) => fc.constantFrom(lines, [...lines, "true"], [...lines, "true"]));
