/** Where refit remembers its runs. */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { EngineError } from "./error.ts";

type Env = Readonly<Record<string, string | undefined>>;

export interface State {
  /** One file a run. */
  readonly ledgers: string;
  /** On the labels of what this user's runs make on this machine. */
  readonly owner: string;
}

/** The user's state folder, made if need be. Source: XDG Base Directory Specification. */
export function openState(env: Env): State {
  const home = env.XDG_STATE_HOME || join(env.HOME || homedir(), ".local/state");
  const ledgers = join(home, "refit/runs");
  try {
    mkdirSync(ledgers, { recursive: true });
    return { ledgers, owner: ownerOf(join(home, "refit/owner")) };
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new EngineError(`${path ?? ledgers} can't be written (${code}); set XDG_STATE_HOME to a folder that can`);
  }
}

function ownerOf(file: string): string {
  try {
    writeFileSync(file, randomBytes(8).toString("hex"), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const owner = readFileSync(file, "utf8");
  if (!/^[0-9a-f]{16}$/.test(owner)) throw Object.assign(new Error(), { code: "EINVAL", path: file });
  return owner;
}
