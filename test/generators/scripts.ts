/** Scripts from a small shell language whose meaning the model knows, with everything in it that can escape a RUN (breakages 2c). */
import fc from "fast-check";

const paths = fc.constantFrom("a", "b", "made", "/srv/a", "/srv/d/b", "d/c");
const folders = fc.constantFrom("d", "src", "/srv", "/srv/d", "/opt/x");
const words = fc.constantFrom("x", "two words", "$FOO", "${BAR:-none}", "$GIVEN", "it's", "$(cat a)", "*.c");
const names = fc.constantFrom("FOO", "BAR", "low");

const quoted = words.map((word) => `"${word}"`);

/** A command that changes files and nothing else. */
const plain = fc.oneof(
  paths.map((path) => `touch ${path}`),
  folders.map((folder) => `mkdir -p ${folder}`),
  fc.tuple(quoted, paths).map(([word, path]) => `echo ${word} > ${path}`),
  fc.tuple(quoted, paths).map(([word, path]) => `echo ${word} >> ${path}`),
  fc.tuple(paths, paths).map(([from, to]) => `cat ${from} > ${to}`),
  fc.tuple(paths, paths).map(([from, to]) => `cp ${from} ${to}`),
  fc.tuple(paths, paths).map(([from, to]) => `mv ${from} ${to}`),
  fc.tuple(paths, paths).map(([target, link]) => `ln -sf ${target} ${link}`),
  paths.map((path) => `rm -f ${path}`),
  folders.map((folder) => `rm -rf ${folder}/*`),
  fc.tuple(fc.constantFrom("600", "755", "+x"), paths).map(([mode, path]) => `chmod ${mode} ${path}`),
  fc.tuple(fc.constantFrom("app", "app:app"), folders).map(([owner, path]) => `chown -R ${owner} ${path}`),
  paths.map((path) => `test -e ${path}`),
  fc.constantFrom(
    "true",
    "false",
    "make",
    "make install",
    "./step.sh",
    "ls > listing",
    "echo *.c > list",
    "tool --now",
  ),
);

/** A command that a later one in the same shell could notice. */
const escaping = fc.oneof(
  folders.map((folder) => `cd ${folder}`),
  fc.tuple(names, quoted).map(([name, value]) => `${name}=${value}`),
  fc.tuple(names, quoted).map(([name, value]) => `export ${name}=${value}`),
  names.map((name) => `unset ${name}`),
  fc.constantFrom("umask 077", "umask 027", "set -e", "set -u", "set -f", "set +e", "set -- one two", "IFS=:"),
  fc.constantFrom("exit 0", "exit 3", "exec touch executed", "exec > log", "exec make", "test -e made || exit 0"),
  fc.constantFrom(
    "trap 'touch /trapped' EXIT",
    "f() { touch from-f; }",
    "ls() { echo mine; }",
    "alias ls=true",
    "ulimit -n 64",
  ),
  fc.constantFrom(
    ". ./env.sh",
    "eval 'cd src'",
    "readonly BAR=fixed",
    "touch a &",
    "make &",
    "service cron start",
    "redis-server --daemonize yes",
  ),
);

/** A command that would notice what escaped one before it. */
const noticing = fc.constantFrom(
  'echo "[$FOO]" > foo',
  'echo "$BAR" > bar',
  "f",
  "ls > listing",
  'echo "$low" > low',
  'v=a:b; for each in $v; do echo "$each" >> parts; done',
  "test -e /trapped && touch seen",
  'echo "$1$#" > arguments',
  "false; touch behind-false",
  "pwd > where",
);

const simple = fc.oneof(
  { weight: 5, arbitrary: plain },
  { weight: 2, arbitrary: escaping },
  { weight: 2, arbitrary: noticing },
);

/** One line of script, without comments. */
export const lines: fc.Arbitrary<string> = fc.letrec<{ line: string; compound: string }>((tie) => ({
  line: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    { weight: 4, arbitrary: simple },
    { weight: 2, arbitrary: tie("compound") },
  ),
  compound: fc.oneof(
    fc.tuple(tie("line"), tie("line")).map(([a, b]) => (a.endsWith("&") ? `${a} ${b}` : `${a} && ${b}`)),
    fc.tuple(tie("line"), tie("line")).map(([a, b]) => (a.endsWith("&") ? `${a} ${b}` : `${a} || ${b}`)),
    fc.tuple(tie("line"), tie("line")).map(([a, b]) => (a.endsWith("&") ? `${a} ${b}` : `${a}; ${b}`)),
    tie("line").map((a) => (a.startsWith("(") ? `( ${a} )` : `(${a})`)),
    tie("line").map((a) => (a.endsWith("&") ? `{ ${a} }` : `{ ${a}; }`)),
    simple.map((a) => (a.endsWith("&") || a.includes("()") ? a : `! ${a}`)),
    fc
      .tuple(plain, tie("line"))
      .map(([a, b]) => (b.endsWith("&") ? `if ${a}; then ${b} fi` : `if ${a}; then ${b}; fi`)),
    tie("line").map((a) => (a.endsWith("&") ? a : `for each in x y; do ${a}; done`)),
    fc.tuple(plain, plain).map(([a, b]) => `${a} | ${b}`),
  ),
})).line;

/** The lines of a script. */
export const scripts: fc.Arbitrary<readonly string[]> = fc.array(lines, { minLength: 1, maxLength: 3 });

/** A script on one line. */
export const oneLiners: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "", "", "", "", "", "set -e; ", "set -ex && "),
    scripts,
    fc.constantFrom(" && ", "; "),
    fc.constantFrom("", "", "", " # note", ";"),
  )
  .map(([start, parts, joint, end]) => {
    const joined = start + parts.reduce((a, b) => (a.endsWith("&") ? `${a} ${b}` : a + joint + b));
    return joined.endsWith("&") && end === ";" ? joined : joined + end;
  });
