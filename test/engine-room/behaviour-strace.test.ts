import { expect, test } from "vitest";
import { openedIn } from "../../src/engine/behaviour/strace.ts";

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
