/**
 * `npm run bench [-- FOLDER]`: the budgets, as ratios within one run so that a slow machine does not matter. FOLDER holds the
 * Dockerfiles for the bulk part; by default the snapshots. Exit code 1 where a budget is missed.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "dockerfile-utils";
import { openContext } from "../src/context/index.ts";
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
  const [node, version, check] = times.map(median) as [number, number, number];
  return [
    line("refit --version, against node -e 0", version / node, 1.3, "x"),
    line("refit --check of one small file, against node -e 0", check / node, 2, "x"),
  ];
}

function bulk(folder: string): Line[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /dockerfile$/i.test(entry.name))
    .map((entry) => decodeBytes(readFileSync(join(entry.parentPath, entry.name))));
  const context = openContext(folder);
  const options = { insertSpaces: true, tabSize: 4 };
  const ours = () => {
    for (const source of files) refit(source, { transforms, context });
  };
  const theirs = () => {
    for (const source of files) format(source, options);
  };
  ours();
  theirs();
  const perFile = (seconds: number) => (seconds * 1000) / files.length;
  const [refitTime, formatterTime] = [perFile(seconds(ours)), perFile(seconds(theirs))];
  return [
    line(`milliseconds a file, over ${files.length} files`, refitTime, 1, "ms"),
    line("against dockerfile-utils' formatter", refitTime / formatterTime, 1, "x"),
  ];
}

/** Ten times the instructions may take ten times as long, and a little more for the garbage. */
function length(): Line[] {
  const fileOf = (count: number) => `FROM alpine\n${"COPY a /a\nRUN touch /a\n".repeat(count / 2)}`;
  const time = (count: number) => {
    const source = fileOf(count);
    return median(Array.from({ length: 3 }, () => seconds(() => refit(source, { transforms }))));
  };
  time(1000);
  const [short, long] = [time(1000), time(10_000)];
  return [line("10,000 instructions", long, 1, "s"), line("10,000 instructions, against 1,000", long / short, 15, "x")];
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
  const [few, many] = [peak(300), peak(3000)];
  return line("memory of 3,000 files, against 300", many / few, 1.5, "x");
}

function seconds(action: () => void): number {
  const start = process.hrtime.bigint();
  action();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function line(what: string, value: number, budget: number, unit: string): Line {
  return { what, measured: `${value.toFixed(2)} ${unit}`, budget: `${budget} ${unit}`, met: value <= budget };
}
