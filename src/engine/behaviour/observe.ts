/** One run of a container: what it did, as named texts. */
import { isUtf8 } from "node:buffer";
import { setTimeout } from "node:timers/promises";
import { EngineError } from "../error.ts";
import type { Behaviour, Session } from "../types.ts";
import { ask, type Prober } from "./prober.ts";
import type { Answer, Answers } from "./prober-program.ts";

export interface Observation {
  readonly kind: Behaviour["kind"];
  /** In one line: `ends with exit code 1: no such table`. */
  readonly summary: string;
  /** By what was looked at, in the order in which it is told: `exit code`, `body of GET / on port 8080`. */
  readonly seen: ReadonlyMap<string, string>;
}

export const EXIT_CODE = "exit code";
export const PORTS = "listening ports";
export const STDOUT = "standard output";

export interface Watch {
  readonly exposed: readonly number[];
  /** Paths to GET. */
  readonly probes: readonly string[];
  /** For how long it may run before it listens or ends. */
  readonly seconds: number;
  /** Without one, a server is not told from another command that keeps running. */
  readonly prober: Prober | undefined;
}

/** Seconds; most commands that end have ended by then. */
const FIRST_LOOK = 1;

/** Starts the container and watches until it has ended, has answered, or its time is over. */
export async function observe(session: Session, container: string, watch: Watch): Promise<Observation> {
  const { engine } = session;
  try {
    await engine.start(container);
  } catch (error) {
    if (!(error instanceof EngineError) || (await engine.state(container)).running) throw error;
    // The engine, its runtimes and the kernel each put a word in front.
    return failedStart(error.message.replace(/^.*: (?=exec: )/, ""));
  }
  const left = Math.max(watch.seconds - FIRST_LOOK, FIRST_LOOK);
  if ((await engine.wait(container, FIRST_LOOK)) !== undefined) return ending(session, container);
  const { prober, exposed, probes } = watch;
  if (prober === undefined) await engine.wait(container, left);
  else {
    const answers = await ask(prober, container, { exposed, paths: probes, seconds: left });
    if (answers.ports.length > 0) return serving(session, container, answers);
  }
  return (await engine.state(container)).running ? running(session, container) : ending(session, container);
}

function failedStart(reason: string): Observation {
  return {
    kind: "ends",
    summary: `can't be started: ${reason}`,
    seen: new Map([[EXIT_CODE, `none, it can't be started: ${reason}`], ...outputs("", "")]),
  };
}

async function ending(session: Session, container: string): Promise<Observation> {
  const code = await exitCodeOf(session, container);
  const { stdout, stderr } = await settledOutput(session, container);
  const last = (stderr.trim() || stdout.trim()).split("\n").at(-1)!.slice(0, 200);
  return {
    kind: "ends",
    summary: `ends with exit code ${code}${code === "0" || last === "" ? "" : `: ${last}`}`,
    seen: new Map([[EXIT_CODE, code], ...outputs(stdout, stderr)]),
  };
}

async function running(session: Session, container: string): Promise<Observation> {
  const { stdout, stderr } = await session.engine.output(container);
  return { kind: "runs", summary: "keeps running and listens on no TCP port", seen: new Map(outputs(stdout, stderr)) };
}

async function serving(session: Session, container: string, { ports, answers }: Answers): Promise<Observation> {
  const { stdout, stderr } = await settledOutput(session, container);
  const state = await session.engine.state(container);
  const after = state.running ? "it still runs" : `ended with exit code ${await exitCodeOf(session, container)}`;
  const listed = ports.join(", ");
  return {
    kind: "serves",
    summary: `listens on port ${listed}`,
    seen: new Map([
      [PORTS, listed],
      ...answers.flatMap(textsOf),
      ["after the requests", after],
      ...outputs(stdout, stderr),
    ]),
  };
}

async function exitCodeOf({ engine }: Session, container: string): Promise<string> {
  const { exitCode, outOfMemory } = await engine.state(container);
  return `${exitCode}${outOfMemory ? ", out of memory" : ""}`;
}

function outputs(stdout: string, stderr: string): [string, string][] {
  return [
    [STDOUT, stdout],
    ["standard error", stderr],
  ];
}

const MOST_LOOKS = 10;
const BETWEEN_LOOKS_MS = 250;

/**
 * What a server says of a request may come after the answer, and an engine that is busy hands on the last words of a command after its
 * end: waits until nothing more has come for a while.
 */
async function settledOutput({ engine }: Session, container: string) {
  let output = await engine.output(container);
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    await setTimeout(BETWEEN_LOOKS_MS);
    const now = await engine.output(container);
    if (now.stdout === output.stdout && now.stderr === output.stderr) break;
    output = now;
  }
  return output;
}

/**
 * Headers of the moment, of the connection, and of files' times, which no promise is about. `content-length` follows from the body.
 * All others are compared: those that vary by themselves are seen to.
 */
const OTHER_HEADERS = /^(date|age|etag|last-modified|connection|keep-alive|transfer-encoding|content-length)$/;

function textsOf({ port, path, status, silence, headers, open, ...body }: Answer): [string, string][] {
  if (silence !== undefined) return [[`port ${port}`, silence]];
  const request = `GET ${path} on port ${port}`;
  const compared = headers.filter(([name]) => !OTHER_HEADERS.test(name)).map(([name, value]) => `${name}: ${value}`);
  return [
    [request, `${status}${open ? ", and more to come" : ""}`],
    [`headers of ${request}`, compared.sort().join("\n")],
    [`body of ${request}`, bodyOf(body)],
  ];
}

function bodyOf({ body, bytes, hash }: Pick<Answer, "body" | "bytes" | "hash">): string {
  const content = body === undefined ? undefined : Buffer.from(body, "base64");
  if (content && isUtf8(content) && !content.includes(0)) return content.toString();
  return `${bytes} bytes with the SHA-256 ${hash}`;
}
