/** Containers by the commands that docker and podman have in common. */
import { accessSync, constants } from "node:fs";
import type { Readable } from "node:stream";
import type { Client } from "./client.ts";
import { EngineError } from "./error.ts";
import { containerFlags } from "./flags.ts";
import { labelFlags, type Maker } from "./labels.ts";
import type { ContainerState, Engine } from "./types.ts";

type Methods =
  | "history"
  | "importTree"
  | "create"
  | "start"
  | "copyIn"
  | "copyOut"
  | "state"
  | "wait"
  | "output"
  | "removeImages";

export function containerCommands(client: Client, maker: Maker): Pick<Engine, Methods> {
  const state = async (container: string): Promise<ContainerState> => {
    const asked = await client.ask(["container", "inspect", "--format={{json .State}}", container]);
    const { Running, ExitCode, OOMKilled } = JSON.parse(String(asked));
    return { running: Running, exitCode: ExitCode, outOfMemory: OOMKilled };
  };
  return {
    async history(image) {
      const listed = await client.ask(["history", "--no-trunc", "--format={{json .CreatedBy}}", image]);
      const lines = String(listed).trim().split("\n");
      return lines.map((line): string => JSON.parse(line)).reverse();
    },

    async importTree(tar, { entrypoint }) {
      const changes = [
        `ENTRYPOINT ${JSON.stringify(entrypoint)}`,
        ...labelFlags(maker).map((flag) => `LABEL ${flag.slice("--label=".length)}`),
      ];
      const args = ["import", ...changes.map((change) => `--change=${change}`), "-"];
      return String(await client.ask(args, { input: tar as Readable })).trim();
    },

    async create(request) {
      const { image, command } = request;
      // An empty entry point takes the image's own away; the command is then all that runs.
      const instead = command === undefined ? [] : ["--entrypoint="];
      const args = ["create", ...containerFlags(request, maker), ...instead, image, ...(command ?? [])];
      return String(await client.ask(args)).trim();
    },

    async start(container) {
      const { code, stderr } = await client.try(["start", container]);
      // Docker gives the reason first, and then says that it failed.
      const [reason = ""] = stderr.trim().split("\n", 1);
      if (code !== 0) throw new EngineError(`${client.program} start failed: ${reason.replace(/^Error[^:]*: /, "")}`);
    },

    async copyIn(container, tar) {
      await client.ask(["cp", "-", `${container}:/`], { input: tar as Readable | Uint8Array });
    },

    copyOut: (container, path) => client.ask(["cp", `${container}:${path}`, "-"]),

    state,

    async wait(container, seconds) {
      const { timedOut } = await client.try(["wait", container], { timeout: seconds });
      const now = await state(container);
      return timedOut && now.running ? undefined : now;
    },

    async output(container) {
      const { code, stdout, stderr } = await client.try(["logs", container]);
      if (code !== 0) throw new EngineError(`${client.program} logs failed: ${stderr.trim()}`);
      return { stdout: String(stdout), stderr };
    },

    async removeImages(images) {
      if (images.length > 0) await client.ask(["rmi", "--force", ...images]);
    },
  };
}

/** Folders of the layers that an overlay driver tells, the topmost first, unless one of them is not for this process to read. */
export function readableLayers({ UpperDir, LowerDir }: { readonly UpperDir?: string; readonly LowerDir?: string }) {
  const folders = [UpperDir, ...(LowerDir?.split(":") ?? [])].filter((folder) => folder !== undefined);
  return process.getuid?.() === 0 && folders.every(isReadable) ? folders : undefined;
}

function isReadable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
