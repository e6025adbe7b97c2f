/** What went wrong, told from what the engine said: the user's machine, or the build. */

import { stepOf } from "../image/index.ts";
import type { Progress, Vertex } from "./steps.ts";

const FULL = /no space left on device/i;

/** One line for an engine that can't be used at all; undefined when it can. */
export function outageOf(output: string): string | undefined {
  const said = withoutSteps(output);
  const socket = /permission denied .*?connect to the Docker daemon socket at (\S+?):\s/i.exec(said)?.[1];
  if (socket !== undefined) return `no permission to use the engine at ${socket}: run refit as a user who may`;
  const silent = /Cannot connect to the Docker daemon at (\S+?)\.? |error during connect: .*?"([^"]+)"/i.exec(said);
  if (silent !== null) return `no engine answers at ${silent[1] ?? silent[2]}: is it running?`;
  const builder = /no builder "(.*?)" found/.exec(said)?.[1];
  if (builder !== undefined) return `there is no builder ${builder}: docker buildx ls lists them`;
  return FULL.test(said) ? DISK_FULL : undefined;
}

const DISK_FULL = "no space left on the disk of the engine or of refit's temporary files";

/** Without what the programs of a build say, and say of themselves: a RUN may well use Docker and fail with Docker's own words. */
function withoutSteps(output: string): string {
  return output
    .replace(/^------\n(?:.*\n)*?------$/gm, "")
    .replace(/^(?:#\d+ |.*did not complete successfully).*$/gm, "");
}

/** One line for a build that failed by the fault of its surroundings; undefined where the file itself is at fault. */
export function surroundingsOf(said: string, { vertices }: Progress): string | undefined {
  const failed = vertices.find(({ state }) => state === "failed");
  const last = lastError(said);
  const secret = /^(?:failed to solve: )?secret (.*?): not found/.exec(last)?.[1];
  if (secret !== undefined) return `the build needs the secret ${secret}: give it with --secret id=${secret},src=FILE`;
  // The client itself refused: a secret's file that is not there, no ssh agent.
  if (vertices.length === 0) return `the build can't begin: ${shorten(last)}`;
  if (failed === undefined) return GONE.test(last) ? `the engine went away during the build: ${last}` : undefined;
  if (FULL.test(failed.error) || FULL.test(failed.lastLine)) return DISK_FULL;
  if (NETWORK.test(failed.error)) return `the engine can't give a build its network: ${shorten(failed.error)}`;
  const unpulled = unpulledIn(failed.name);
  return unpulled && `${unpulled} can't be pulled: ${pullReason(failed)}`;
}

/** What the vertex of this name pulls: an image to build on, or the frontend that the directive `# syntax=` names. */
function unpulledIn(vertex: string): string | undefined {
  const [, frontend] = /^resolve image config for (?:docker-image:\/\/)?(\S+)/.exec(vertex) ?? [];
  if (frontend !== undefined) return `the frontend ${frontend} of the line \`# syntax\``;
  if (stepOf(vertex) !== undefined) return undefined;
  const [, image] = /(?:load metadata for|FROM) (\S+)/.exec(vertex) ?? [];
  return image && `the base image ${image}`;
}

/** libnetwork's words: the engine's own bridge, not what a step does with it. */
const NETWORK = /did not complete successfully: failed to create endpoint \S+ on network/;
const GONE = /rpc error: code = (?:Unavailable|Canceled)|error reading from server|failed to receive status/;

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
