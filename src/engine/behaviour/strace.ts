/** What strace writes of the files that processes open (strace(1), with `--output-separately` and `--decode-fds=path`). */
import { posix } from "node:path";

/** System calls that open files, and those that tell what a relative path means. Not every architecture has all of them. */
const CALLS = "open openat openat2 execve execveat chdir fchdir fork vfork clone clone3"
  .split(" ")
  .map((name) => `?${name}`);

/** Flags for a trace that `openedIn` reads, one file a process. The traced program keeps the process id of strace. */
export const STRACE_FLAGS: readonly string[] = [
  "--daemonize=grandchild",
  "--follow-forks",
  "--output-separately",
  "--seccomp-bpf",
  "--decode-fds=path",
  "--quiet=all",
  "--signal=none",
  `--trace=${CALLS.join()}`,
];

export interface Opened {
  /** Absolute, as the process asked for it. */
  readonly path: string;
  /** Where links led to, where strace could tell. */
  readonly real: string | undefined;
  /** Would have been made if it had not been there. */
  readonly made: boolean;
}

const QUOTED = String.raw`"(?<path>(?:[^"\\]|\\.)*)"`;
const DESCRIPTOR = String.raw`(?:AT_FDCWD|\d+)(?:<(?<folder>(?:[^>\\]|\\.)*)>)?`;
const CALL = /^(?<name>\w+)\((?<args>.*)\) += (?<result>-?\d+.*)$/;
const ARGUMENTS = new RegExp(`^(?:${DESCRIPTOR})?(?:, )?(?:${QUOTED})?(?<flags>.*)$`);
const RESULT = /^(?<number>\d+)(?:<(?<real>(?:[^>\\]|\\.)*)>)?/;

/** Files that were opened or executed. `traces` is what each process did, by its id; the lowest is the first and began in `folder`. */
export function openedIn(traces: ReadonlyMap<number, string>, folder: string): readonly Opened[] {
  const opened: Opened[] = [];
  const left = new Map([...traces].sort(([one], [other]) => one - other));
  const follow = (id: number, start: string) => {
    const trace = left.get(id) ?? "";
    left.delete(id);
    let cwd = start;
    for (const line of trace.split("\n")) {
      const call = callOf(line);
      if (call === undefined) continue;
      const { name, at, path, flags, number, real } = call;
      const absolute = posix.resolve(at ?? cwd, path ?? ".");
      if (name === "chdir" || name === "fchdir") cwd = absolute;
      else if (path !== undefined) opened.push({ path: absolute, real, made: flags.includes("O_CREAT") });
      else follow(number, cwd);
    }
  };
  for (const id of left.keys()) follow(id, folder);
  return opened;
}

/** Undefined for one that failed, and for other lines. */
function callOf(line: string) {
  const { name, args, result } = CALL.exec(line)?.groups ?? {};
  const { number, real } = RESULT.exec(result ?? "")?.groups ?? {};
  if (name === undefined || number === undefined) return undefined;
  const { folder, path, flags = "" } = ARGUMENTS.exec(args!)?.groups ?? {};
  return { name, at: text(folder), path: text(path), flags, number: Number(number), real: text(real) };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", v: "\v", f: "\f" };

/** Bytes that are no printable ASCII are written as C does it. */
function text(escaped: string | undefined): string | undefined {
  if (escaped === undefined) return undefined;
  const bytes = escaped.replace(/\\([0-7]{1,3}|.)/gs, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code),
  );
  return Buffer.from(bytes, "latin1").toString();
}
