/**
 * The program of the prober, which shares the loopback of a container: it waits until something listens there, asks, and prints what it
 * was answered: the ports, then each answer, a line of JSON each. It is given to `node -e` with an `Errand` in JSON, and imports nothing but Node's own modules.
 */
export interface Errand {
  /** TCP ports that the image exposes. */
  readonly exposed: readonly number[];
  /** Paths to GET. */
  readonly paths: readonly string[];
  /** For how long to wait for a port. */
  readonly seconds: number;
}

export interface Answer {
  readonly port: number;
  readonly path: string;
  /** `200 OK`; undefined for what speaks no HTTP. */
  readonly status?: string | undefined;
  /** What came of it where nobody answered in HTTP. */
  readonly silence?: string | undefined;
  readonly headers: readonly (readonly [string, string])[];
  /** In base64, where it is not larger than 256 KB. */
  readonly body?: string | undefined;
  /** Hexadecimal SHA-256 of the body. */
  readonly hash?: string | undefined;
  readonly bytes: number;
  /** It did not end. */
  readonly open: boolean;
}

export interface Answers {
  /** That listen; none where nothing did in time. */
  readonly ports: readonly number[];
  readonly answers: readonly Answer[];
}

export const PROBER_PROGRAM = String.raw`
"use strict";
const { createHash } = require("node:crypto");
const { existsSync, readFileSync } = require("node:fs");
const clients = { http: require("node:http"), https: require("node:https") };

const LARGEST_BODY = 256 * 1024;
const ANSWER_MS = 10000;
const BODY_MS = 5000;
const WARM_UP_MS = 5000;
const STEP_MS = 100;
// All that is exposed listens: others may follow at once. Nothing that is exposed does: it may still come.
const QUIET_MS = 300;
const LONG_QUIET_MS = 2000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// proc_pid_net(5): the second field is the local address, the fourth the state; 0A listens.
function listening() {
  const lines = ["tcp", "tcp6"]
    .map((name) => "/proc/net/" + name)
    .filter((path) => existsSync(path))
    .flatMap((path) => readFileSync(path, "latin1").split("\n").slice(1));
  const ports = lines
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === "0A")
    .map((fields) => Number.parseInt(fields[1].split(":")[1], 16));
  return [...new Set(ports)].sort((one, other) => one - other);
}

async function settled({ exposed, seconds }) {
  const end = Date.now() + seconds * 1000;
  let [ports, since] = [listening(), Date.now()];
  while (Date.now() < end) {
    const all = exposed.length > 0 && exposed.every((port) => ports.includes(port));
    if (ports.length > 0 && Date.now() - since >= (all ? QUIET_MS : LONG_QUIET_MS)) break;
    await sleep(STEP_MS);
    const now = listening();
    if (String(now) !== String(ports)) [ports, since] = [now, Date.now()];
  }
  return ports;
}

function get(scheme, host, port, path) {
  return new Promise((resolve) => {
    const headers = { accept: "*/*", "accept-encoding": "identity", host: "localhost:" + port, "user-agent": "refit" };
    const options = { host, port, path, headers, agent: false, rejectUnauthorized: false };
    const request = clients[scheme].get(options, (response) => resolve(read(response)));
    request.setTimeout(ANSWER_MS, () => request.destroy(Object.assign(new Error(), { code: "TIMEOUT" })));
    request.on("error", (error) => resolve({ error: error.code || error.message }));
  });
}

function read(response) {
  return new Promise((resolve) => {
    const chunks = [];
    const finish = (open) => {
      clearTimeout(timer);
      const body = Buffer.concat(chunks);
      const names = response.rawHeaders.filter((_, at) => at % 2 === 0);
      resolve({
        status: [response.statusCode, response.statusMessage].join(" ").trim(),
        headers: names.map((name, at) => [name.toLowerCase(), response.rawHeaders[2 * at + 1]]),
        body: body.length <= LARGEST_BODY ? body.toString("base64") : undefined,
        hash: createHash("sha256").update(body).digest("hex"),
        bytes: body.length,
        open,
      });
      response.destroy();
    };
    const timer = setTimeout(finish, BODY_MS, true);
    response.on("data", (chunk) => chunks.push(chunk));
    response.on("end", () => finish(false));
    response.on("error", () => finish(true));
  });
}

async function ask(port, path) {
  let silence = "refuses connections";
  for (const scheme of ["http", "https"]) {
    for (const host of ["127.0.0.1", "::1"]) {
      const answer = await get(scheme, host, port, path);
      if (answer.error === undefined) return { port, path, ...answer };
      if (["ECONNREFUSED", "EADDRNOTAVAIL"].includes(answer.error)) continue;
      silence = "accepts connections and speaks no HTTP";
      if (answer.error === "TIMEOUT") return nothing(port, path, "accepts connections and does not answer");
    }
  }
  return nothing(port, path, silence);
}

const nothing = (port, path, silence) => ({ port, path, silence, headers: [], bytes: 0, open: false });

// While it warms up, a server may refuse or say that it is not there yet.
async function askUntilWarm(port, path) {
  const end = Date.now() + WARM_UP_MS;
  for (;;) {
    const answer = await ask(port, path);
    const cold = answer.silence === "refuses connections" || /^50[234] /.test(answer.status);
    if (!cold || Date.now() > end) return answer;
    await sleep(5 * STEP_MS);
  }
}

async function main() {
  const errand = JSON.parse(process.argv[1]);
  const say = (what) => new Promise((resolve) => process.stdout.write(JSON.stringify(what) + "\n", resolve));
  const ports = await settled(errand);
  await say(ports);
  for (const port of ports) {
    for (const path of errand.paths) {
      const answer = await askUntilWarm(port, path);
      await say(answer);
      if (answer.silence !== undefined) break;
    }
  }
  process.exit();
}

main();
`;
