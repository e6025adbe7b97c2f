import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openedIn, STRACE_FLAGS } from "../../src/engine/behaviour/strace.ts";

const start = 'execve("/bin/sh", ["sh", "-c", "cat words) = 3"], 0x7ffd /* 3 vars */) = 0';

test.each([
  ["the absolute path", `openat(AT_FDCWD</srv>, "/etc/motd", O_RDONLY) = 3</etc/motd>`, "/etc/motd"],
  ["a path in the folder of the process", `openat(AT_FDCWD</srv/data>, "words", O_RDONLY) = 3`, "/srv/data/words"],
  ["a path in an open folder", `openat(5</opt>, "words", O_RDONLY|O_CLOEXEC) = 3</opt/words>`, "/opt/words"],
  ["a path by the call without a folder", `open("words", O_RDONLY|O_LARGEFILE) = 3</srv/words>`, "/srv/words"],
  ["a program", `execve("./run", ["run", "a\\"b"], 0x7ffd /* 3 vars */) = 0`, "/srv/run"],
  ["a program in an open folder", `execveat(4</opt>, "run", ["run"], 0x7f /* 3 vars */, 0) = 0`, "/opt/run"],
  ["letters beyond ASCII", `open("/d \\303\\251/\\"w\\\\\\n\\76", O_RDONLY) = 3`, '/d é/"w\\\n>'],
])("%s is read", (_, line, path) => {
  expect(openedIn(new Map([[1, `${start}\n${line}\n`]]), "/srv").map((opened) => opened.path)).toEqual([
    "/bin/sh",
    path,
  ]);
});

test.each([
  'openat(AT_FDCWD</srv>, "/etc/motd", O_RDONLY) = -1 ENOENT (No such file or directory)',
  'execve("/root/cat", ["cat"], 0x7ffd /* 3 vars */) = -1 EACCES (Permission denied)',
  "+++ exited with 0 +++",
  "--- SIGCHLD {si_signo=SIGCHLD} ---",
  'openat(AT_FDCWD</srv>, "/etc/mo',
])("what did not succeed is passed over: %s", (line) => {
  expect(openedIn(new Map([[1, line]]), "/")).toEqual([]);
});

test("a file that would have been made is told from one that had to be there", () => {
  const trace = 'open("/var/log/app", O_WRONLY|O_CREAT|O_APPEND, 0666) = 3</var/log/app>';
  expect(openedIn(new Map([[1, trace]]), "/")).toEqual([{ path: "/var/log/app", real: "/var/log/app", made: true }]);
});

test("a process begins in the folder in which the other was when it made it", () => {
  const traces = new Map([
    [9, 'open("three", O_RDONLY) = 3'],
    [1, 'chdir("one") = 0\nclone(child_stack=NULL, flags=SIGCHLD) = 7\nfchdir(3</two>) = 0\nvfork() = 9'],
    [7, 'open("one", O_RDONLY) = 3\nchdir("..") = 0\nopen("two", O_RDONLY) = 3'],
  ]);
  expect(openedIn(traces, "/srv").map(({ path }) => path)).toEqual(["/srv/one/one", "/srv/two", "/two/three"]);
});

test("what strace writes is read as it is meant", () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "refit-strace-")));
  try {
    const files = ["é ü/read.txt", "é ü/<a>\"b'", "plain/run"].map((path) => join(root, path));
    for (const folder of ["é ü", "plain", "out"]) mkdirSync(join(root, folder));
    for (const file of files) writeFileSync(file, "#!/bin/sh\n:\n", { mode: 0o755 });
    const script = `cd 'é ü'; read x < read.txt; (cd ../plain; ./run; :); read x < "<a>\\"b'"; echo > new; :`;
    const ran = spawnSync(
      "strace",
      [...STRACE_FLAGS, `--output=${join(root, "out/trace")}`, "--", "sh", "-c", script],
      { cwd: root, encoding: "utf8" },
    );
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    const traces = new Map(
      readdirSync(join(root, "out")).map((name) => [
        Number(name.slice(6)),
        readFileSync(join(root, "out", name), "utf8"),
      ]),
    );
    const opened = openedIn(traces, root);
    expect(new Set(opened.map(({ path }) => path).filter((path) => path.startsWith(root)))).toEqual(
      new Set([...files, join(root, "é ü/new")]),
    );
    expect(opened.filter(({ made }) => made).map(({ path }) => path)).toEqual([join(root, "é ü/new")]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
