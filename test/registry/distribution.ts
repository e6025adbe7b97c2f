/** Debian's docker-registry, in each of the three ways that a registry can ask for a login. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { listen } from "./server.ts";
import { startTokenServer, USERNAME } from "./token-server.ts";

/** bcrypt of the robot's password, the one kind of hash that docker-registry reads. */
const HTPASSWD = `${USERNAME}:$2y$05$abcdefghijklmnopqrstuuDIEddBSuRWBBEY6g5zv60IAP5bSSfki\n`;

export const logins = ["none", "basic", "bearer"] as const;

/** What is missing on this machine to run a registry, or undefined. */
export const missingForDistribution = ["docker-registry", "openssl"].find(
  (program) => spawnSync("which", [program]).status !== 0,
);

export interface Registry {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** How often its token server was asked. */
  readonly tokenRequests: () => number;
  readonly stop: () => void;
}

export async function startRegistry(login: (typeof logins)[number]): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), "refit-registry-"));
  const certificate = join(folder, "certificate.pem");
  const tokens = login === "bearer" ? await startTokenServer(certificate) : undefined;
  writeFileSync(join(folder, "htpasswd"), HTPASSWD);
  const auth = {
    none: undefined,
    basic: { htpasswd: { realm: "test", path: join(folder, "htpasswd") } },
    bearer: {
      token: { realm: `http://${tokens?.host}/token`, service: "test", issuer: "test", rootcertbundle: certificate },
    },
  }[login];
  const host = await freeHost();
  const storage = { filesystem: { rootdirectory: join(folder, "storage") } };
  // JSON is YAML.
  const config = { version: 0.1, log: { level: "error" }, storage, http: { addr: host }, auth };
  writeFileSync(join(folder, "config.yml"), JSON.stringify(config));
  const registry = spawn("docker-registry", ["serve", join(folder, "config.yml")], { stdio: "ignore" });
  const stop = () => {
    registry.kill();
    tokens?.close();
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; !(await answers(host)); tries++) {
    if (registry.exitCode !== null || tries === 200) {
      stop();
      throw new Error("docker-registry does not answer");
    }
    await pause(50);
  }
  return { host, tokenRequests: () => tokens?.requests() ?? 0, stop };
}

async function freeHost(): Promise<string> {
  const { host, close } = await listen(() => {});
  close();
  return host;
}

async function answers(host: string): Promise<boolean> {
  return fetch(`http://${host}/v2/`).then(
    () => true,
    () => false,
  );
}
