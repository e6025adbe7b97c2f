/** Logins as `docker login` leaves them: in Docker's config.json, or with a credential helper that it names. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { Unresolvable } from "./unresolvable.ts";

export type Login =
  | { readonly kind: "password"; readonly username: string; readonly password: string }
  /** An identity token: good for asking the token server, and for nothing else. */
  | { readonly kind: "identity-token"; readonly token: string };

/** Finds the login for a registry (`docker.io`, `localhost:5000`); undefined where there is none. Throws `Unresolvable`. */
export type Logins = (registry: string) => Promise<Login | undefined>;

interface StoredLogin {
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}

interface DockerConfig {
  readonly auths?: Readonly<Record<string, StoredLogin>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

/** Docker Hub's name in config.json, kept from the first version of its registry. */
const DOCKER_HUB_KEY = "https://index.docker.io/v1/";
const HELPER_TIMEOUT_MS = 15_000;

/** Logins of the user whose environment is `env`. The config is read when first asked, each login once. */
export function openLogins(env: NodeJS.ProcessEnv): Logins {
  const path = join(env.DOCKER_CONFIG || join(env.HOME || homedir(), ".docker"), "config.json");
  const found = new Map<string, Promise<Login | undefined>>();
  let config: Promise<DockerConfig> | undefined;
  return (registry) => {
    config ??= readConfig(path);
    const login = found.get(registry) ?? config.then((read) => loginFrom(read, registry, env));
    found.set(registry, login);
    return login;
  };
}

async function readConfig(path: string): Promise<DockerConfig> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return "{}";
    throw new Unresolvable(`${path} can't be read: ${error.code}`);
  });
  try {
    const config: unknown = JSON.parse(text);
    if (typeof config === "object" && config !== null) return config;
  } catch {
    // Said below.
  }
  throw new Unresolvable(`${path} is not a JSON object`);
}

async function loginFrom(config: DockerConfig, registry: string, env: NodeJS.ProcessEnv): Promise<Login | undefined> {
  const key = registry === "docker.io" ? DOCKER_HUB_KEY : registry;
  const helper = entryFor(config.credHelpers, registry) ?? config.credsStore;
  const helped = helper ? await askHelper(helper, key, env) : undefined;
  return helped ?? storedLogin(entryFor(config.auths, registry));
}

/** Docker compares host names, so `https://host/v1/` is an entry for `host`. */
function entryFor<Value>(entries: Readonly<Record<string, Value>> = {}, registry: string): Value | undefined {
  const hosts = registry === "docker.io" ? ["index.docker.io", "docker.io", "registry-1.docker.io"] : [registry];
  const hostOf = (key: string) => key.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
  return Object.entries(entries).find(([key]) => hosts.includes(hostOf(key)))?.[1];
}

function storedLogin(entry: StoredLogin | undefined): Login | undefined {
  if (entry?.identitytoken) return { kind: "identity-token", token: entry.identitytoken };
  if (entry?.auth) {
    const [username, ...password] = Buffer.from(entry.auth, "base64").toString("utf8").split(":");
    return { kind: "password", username: username!, password: password.join(":") };
  }
  if (entry?.username) return { kind: "password", username: entry.username, password: entry.password ?? "" };
  return undefined;
}

/**
 * Asks `docker-credential-NAME get`. One that is not installed (a config copied from another machine often names one) or
 * that knows no login for the registry counts as no login: public images need none.
 */
async function askHelper(name: string, key: string, env: NodeJS.ProcessEnv): Promise<Login | undefined> {
  if (!/^[\w.-]+$/.test(name)) return undefined;
  const output = await new Promise<string | undefined>((resolve) => {
    const options = { env, timeout: HELPER_TIMEOUT_MS };
    const helper = execFile(`docker-credential-${name}`, ["get"], options, (error, stdout) =>
      resolve(error ? undefined : stdout),
    );
    helper.stdin?.on("error", () => {});
    helper.stdin?.end(key);
  });
  if (output === undefined) return undefined;
  try {
    const { Username: username, Secret: password } = JSON.parse(output);
    return username === "<token>"
      ? { kind: "identity-token", token: password }
      : { kind: "password", username, password };
  } catch {
    throw new Unresolvable(`docker-credential-${name} answers with something that is not a login`);
  }
}
