/** What went wrong, told from what the engine said: the user's machine, or the build. */
import type { Progress, Vertex } from "./steps.ts";
import { stepOf } from "./steps.ts";

/** One line for an engine that can't be used at all; undefined when it can. */
export function outageOf(said: string): string | undefined {
  const socket = /permission denied .*?connect to the Docker daemon socket at (\S+?):/i.exec(said)?.[1];
  if (socket !== undefined) return `no permission to use the engine at ${socket}: run refit as a user who may`;
  const silent = /Cannot connect to the Docker daemon at (\S+?)\.? |error during connect: .*?"([^"]+)"/i.exec(said);
  if (silent !== null) return `no engine answers at ${silent[1] ?? silent[2]}: is it running?`;
  const full = /^.*no space left on device.*$/im.exec(said)?.[0];
  if (full !== undefined) return "no space left on the disk of the engine or of refit's temporary files";
  return undefined;
}

/** One line for a build that failed by the fault of its surroundings; undefined where the file itself is at fault. */
export function surroundingsOf(said: string, { vertices }: Progress): string | undefined {
  const failed = vertices.find(({ state }) => state === "failed");
  const last = lastError(said);
  const builder = /no builder "(.*?)" found/.exec(last)?.[1];
  if (builder !== undefined) return `there is no builder ${builder}: docker buildx ls lists them`;
  const secret = /^(?:failed to solve: )?secret (.*?): not found/.exec(last)?.[1];
  if (secret !== undefined) return `the build needs the secret ${secret}: give it with --secret id=${secret},src=FILE`;
  if (/ssh.*(agent|SSH_AUTH_SOCK|forwarded)|no ssh (handler|key)/i.test(last)) return `ssh is not at hand: ${last}`;
  if (failed === undefined) return undefined;
  const image = /(?:load metadata for|resolve image config for(?: docker-image:\/\/)?|FROM) (\S+)/.exec(
    failed.name,
  )?.[1];
  if (image === undefined || stepOf(failed.name) !== undefined) return undefined;
  return `the base image ${image} can't be pulled: ${pullReason(failed)}`;
}

function pullReason({ error }: Vertex): string {
  if (/401|403|unauthorized|authorization failed|no basic auth|insufficient_scope|denied/i.test(error)) {
    return `the registry refuses (${shorten(error)})`;
  }
  return shorten(error);
}

/** The failed step and what it said last, in one line. */
export function failureOf(said: string, { vertices }: Progress): string {
  const failed = vertices.find(({ state }) => state === "failed");
  const error = lastError(said);
  if (failed === undefined) return error;
  const what = stepOf(failed.name)?.instruction ?? failed.name;
  const code = /did not complete successfully: (exit code: \d+.*)$/.exec(failed.error)?.[1];
  if (code === undefined) return `${shorten(what)}: ${shorten(failed.error)}`;
  return `${shorten(what)}: ${code}${failed.lastLine === "" ? "" : `: ${shorten(failed.lastLine)}`}`;
}

function lastError(said: string): string {
  const line = said
    .trimEnd()
    .split("\n")
    .findLast((candidate) => candidate.startsWith("ERROR: "));
  return (line ?? said.trimEnd().split("\n").at(-1) ?? "").replace(/^ERROR: (failed to solve: )?/, "");
}

const LONGEST = 200;

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
