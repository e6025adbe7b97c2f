/**
 * `npm run bench [-- FOLDER]`: the budgets, as ratios within one run so that a slow machine does not matter. FOLDER holds the
 * Dockerfiles for the bulk part; by default the snapshots. Exit code 1 where a budget is missed.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "dockerfile-utils";
import { refit } from "../src/pipeline/index.ts";
import { decodeBytes } from "../src/text/index.ts";
import { transforms } from "../transforms/index.ts";
import { root } from "./lib/generated.ts";

interface Line {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
  readonly met: boolean;
}

const refitProgram = join(root, "dist/refit.js");
const scratch = mkdtempSync(join(tmpdir(), "refit-bench-"));
try {
  const lines = [...startUp(), ...bulk(process.argv[2] ?? join(root, "snapshots")), ...length(), memory()];
  for (const { what, measured, budget, met } of lines) {
    console.log(`${met ? "ok  " : "OVER"} ${what.padEnd(58)} ${measured.padStart(12)}   budget ${budget}`);
  }
  process.exitCode = lines.every(({ met }) => met) ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true });
}

function startUp(): Line[] {
  const small = join(scratch, "Dockerfile");
  writeFileSync(small, "FROM alpine:3.20\nRUN apk add --no-cache curl\n");
  const commands = [
    ["-e", "0"],
    [refitProgram, "--version"],
    [refitProgram, "--check", "--offline", small],
  ];
  const times: number[][] = commands.map(() => []);
  // In turns, so that a busy moment hits all of them.
  for (let round = 0; round < 15; round += 1) {
    for (const [index, args] of commands.entries())
      times[index]!.push(seconds(() => spawnSync(process.execPath, args)));
  }
  // The best of each: what the program needs, not what else the machine does.
  const [node, version, check] = times.map((all) => Math.min(...all)) as [number, number, number];
  return [
    line("refit --version, against node -e 0", version / node, 1.3, "x"),
    line("refit --check of one small file, against node -e 0", check / node, 2, "x"),
  ];
}

/** A file that changes is executed on the model, before and after; in a fleet that is kept up to date, few do. */
function bulk(folder: string): Line[] {
  const fresh = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /dockerfile$/i.test(entry.name))
    .map((entry) => decodeBytes(readFileSync(join(entry.parentPath, entry.name))));
  const settled = fresh.map((source) => refit(source, { transforms }).after);
  const perFile = (sources: readonly string[], action: (source: string) => void) => {
    const all = () => {
      for (const source of sources) action(source);
    };
    all();
    return (Math.min(busy(all), busy(all), busy(all)) * 1000) / sources.length;
  };
  const first = perFile(fresh, (source) => refit(source, { transforms }));
  const again = perFile(settled, (source) => refit(source, { transforms }));
  const formatter = perFile(settled, (source) => format(source, { insertSpaces: true, tabSize: 4 }));
  return [
    line(`a file, of ${fresh.length} with nothing left to change`, again, 1, "ms"),
    line("against dockerfile-utils' formatter on the same files", again / formatter, 1, "x"),
    line("a file, when each is rewritten for the first time", first, 1, "ms"),
  ];
}

/** Five times the instructions may take five times as long, and a little more for the garbage. */
function length(): Line[] {
  const fileOf = (count: number) => `FROM alpine\n${"COPY a /a\nRUN mkdir /b\nRUN mkdir /c\n".repeat(count / 3)}`;
  const time = (count: number) => {
    const source = fileOf(count);
    return Math.min(...Array.from({ length: 4 }, () => busy(() => refit(source, { transforms }))));
  };
  time(2000);
  const [short, long] = [time(2000), time(10_000)];
  return [
    line("10,000 instructions, 3,333 places", long, 1, "s"),
    line("10,000 instructions, against 2,000", long / short, 7.5, "x"),
  ];
}

function memory(): Line {
  const peak = (files: number) => {
    const folder = join(scratch, String(files));
    for (let index = 0; index < files; index += 1) {
      mkdirSync(join(folder, String(index)), { recursive: true });
      writeFileSync(join(folder, String(index), "Dockerfile"), `FROM alpine\nRUN mkdir /a${index}\nRUN mkdir /b\n`);
    }
    const hook =
      'data:text/javascript,import { writeSync } from "node:fs"; process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));';
    const args = ["--import", hook, refitProgram, "--offline", "--format", "diff", folder];
    const { output } = spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    return Number(String(output[3]));
  };
  const [few, many] = [peak(1000), peak(5000)];
  return line("memory of 5,000 files, against 1,000", many / few, 1.5, "x");
}

function seconds(action: () => void): number {
  const start = process.hrtime.bigint();
  action();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** Seconds of processor time: what else the machine does is left out. */
function busy(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function line(what: string, value: number, budget: number, unit: string): Line {
  return { what, measured: `${value.toFixed(2)} ${unit}`, budget: `${budget} ${unit}`, met: value <= budget };
}
