/** Which processes live, told without mistaking one for a later one with the same number. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

export interface ProcessMark {
  readonly pid: number;
  /** When it was started, in whatever way this machine tells it. */
  readonly born: string;
  /** The machine, and on Linux the namespace in which the number means something. */
  readonly host: string;
}

export function markOf(pid: number): ProcessMark {
  return { pid, born: birthOf(pid) ?? "", host: thisHost() };
}

/** Undefined where this machine can't tell: the process was another machine's or another container's. */
export function isAlive({ pid, born, host }: ProcessMark): boolean | undefined {
  if (host !== thisHost()) return undefined;
  return birthOf(pid) === born;
}

function thisHost(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}

/** Undefined where there is no such process. */
function birthOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold spaces and parentheses. Field 22 of proc_pid_stat(5); field 3 says Z for one that is over.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return hasProc() ? undefined : ps(["-o", "lstart=", "-p", String(pid)]).trim() || undefined;
  }
}

function hasProc(): boolean {
  try {
    return readFileSync("/proc/self/stat").length > 0;
  } catch {
    return false;
  }
}

/** Ends the clients that a killed run left behind: those whose command line names its label. Whether there were any. */
export function endClients(label: string): boolean {
  const found = hasProc() ? clientsOfProc(label) : clientsOfPs(label);
  for (const pid of found) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself.
    }
  }
  return found.length > 0;
}

function clientsOfProc(label: string): number[] {
  return readdirSync("/proc").flatMap((name) => {
    try {
      if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
      return readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0").includes(label) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

function clientsOfPs(label: string): number[] {
  return ps(["-A", "-ww", "-o", "pid=,args="])
    .split("\n")
    .filter((line) => line.split(" ").includes(label))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => pid !== process.pid);
}

function ps(args: readonly string[]): string {
  try {
    return execFileSync("ps", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return "";
  }
}
