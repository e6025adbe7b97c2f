/** One run of refit with an engine. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientOf } from "./client.ts";
import { dockerEngine } from "./docker.ts";
import { EngineError } from "./error.ts";
import { RUN_LABEL } from "./labels.ts";
import type { EngineName, Session } from "./types.ts";

export interface SessionOptions {
  /** The first that answers, unless one is named. */
  readonly engine?: EngineName | undefined;
  /** The builder of buildx that builds will name, to clean up after them. */
  readonly builder?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths in what is passed on start (`--secret id=a,src=b`); this process's own folder if not given. */
  readonly cwd?: string | undefined;
}

/** Throws an `EngineError` where no engine can be used. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { env, cwd } = options;
  const abort = new AbortController();
  const maker = { run: randomBytes(6).toString("hex"), owner: "local" };
  const working = clientOf("docker", { env, cwd, signal: abort.signal });
  const cleaning = clientOf("docker", { env, cwd });
  const scratch = await mkdtemp(join(env.TMPDIR ?? tmpdir(), `refit-${maker.run}-`));
  const version = JSON.parse(String(await working.ask(["version", "--format={{json .Server.Version}}"])));
  const title = `Docker Engine ${version.replace(/[+].*/, "")}`;
  return {
    run: maker.run,
    engine: dockerEngine({ client: working, title, maker, scratch }),
    scratch,
    async close() {
      abort.abort(new EngineError("the run was ended"));
      const filter = `--filter=label=${RUN_LABEL}=${maker.run}`;
      const listed = async (args: readonly string[]) =>
        String(await cleaning.ask([...args, "--quiet", filter]))
          .split("\n")
          .filter((id) => id !== "");
      const containers = await listed(["ps", "--all", "--no-trunc"]);
      if (containers.length > 0) await cleaning.ask(["rm", "--force", "--volumes", ...containers]);
      const images = new Set(await listed(["images", "--all", "--no-trunc"]));
      if (images.size > 0) await cleaning.ask(["rmi", "--force", ...images]);
      await rm(scratch, { recursive: true, force: true });
    },
  };
}
