/** A Docker Engine on this machine: the one that runs already, or one of our own. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { cacheFolder } from "./folders.ts";

const STARTUP_MS = 45_000;
const DAEMON_PID = "/var/run/docker.pid";
const ourPid = `${cacheFolder}/dockerd.pid`;
const log = `${cacheFolder}/dockerd.log`;

/** Whether an engine answers. */
export function engineAnswers(): boolean {
  return spawnSync("docker", ["version", "--format", "{{.Server.Version}}"], { stdio: "ignore" }).status === 0;
}

/** Starts dockerd in the background unless an engine answers already. It outlives this process; `stopDaemon` ends it. */
export async function startDaemon(): Promise<void> {
  if (engineAnswers()) return;
  console.log("Starting dockerd");
  mkdirSync(cacheFolder, { recursive: true });
  let daemon = spawnDaemon();
  const deadline = Date.now() + STARTUP_MS;
  while (!engineAnswers()) {
    if (Date.now() > deadline) {
      throw new Error(`dockerd does not answer; its log:\n${readFileSync(log, "utf8").slice(-2000)}`);
    }
    await pause(250);
    // It gives way to one that installing the package may have started, or to one that was just ended and is not quite gone.
    if (daemon.exitCode !== null && !engineAnswers()) daemon = spawnDaemon();
  }
}

function spawnDaemon(): ChildProcess {
  removeStalePid();
  const output = openSync(log, "w");
  const daemon = spawn("dockerd", [], { detached: true, stdio: ["ignore", output, output] });
  daemon.unref();
  writeFileSync(ourPid, String(daemon.pid));
  return daemon;
}

/** Ends the dockerd that `startDaemon` started; leaves any other alone. */
export function stopDaemon(): void {
  if (!existsSync(ourPid)) return;
  const pid = Number(readFileSync(ourPid, "utf8"));
  if (isDockerd(pid)) process.kill(pid, "SIGTERM");
  rmSync(ourPid);
}

/** A dockerd that was ended hard leaves its pid file, and the next one refuses to start. */
function removeStalePid(): void {
  if (existsSync(DAEMON_PID) && !isDockerd(Number(readFileSync(DAEMON_PID, "utf8")))) rmSync(DAEMON_PID);
}

function isDockerd(pid: number): boolean {
  const command = `/proc/${pid}/comm`;
  return existsSync(command) && readFileSync(command, "utf8").trim() === "dockerd";
}
