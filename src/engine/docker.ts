/** Docker Engine with BuildKit, by the docker command line. */
import { accessSync, constants } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { builderFlag } from "./cache-entries.ts";
import type { Client } from "./client.ts";
import type { Workplace } from "./driver.ts";
import { EngineError } from "./error.ts";
import { failureOf, surroundingsOf } from "./failure.ts";
import { buildFlags, cacheNamespace, containerFlags } from "./flags.ts";
import { labelFlags } from "./labels.ts";
import type { BuildWatch } from "./ledger.ts";
import { Progress } from "./steps.ts";
import type { Build, BuildRequest, ContainerState, Engine, ImageInfo } from "./types.ts";

export function dockerEngine({ client, title, maker, scratch, watch }: Workplace & { readonly title: string }): Engine {
  let builds = 0;
  const inspect = async (object: "image" | "container", name: string, format: string) =>
    JSON.parse(String(await client.ask([object, "inspect", `--format={{json ${format}}}`, name])));
  const stateOf = async (container: string): Promise<ContainerState> => {
    const state = await inspect("container", container, ".State");
    return { running: state.Running, exitCode: state.ExitCode, outOfMemory: state.OOMKilled };
  };

  return {
    name: "docker",
    title,

    async build(request) {
      const number = builds++;
      const folder = await mkdtemp(join(scratch, "build-"));
      const tag = `refit-${maker.run}:${number}`;
      try {
        const file = join(folder, "Dockerfile");
        await writeFile(file, request.dockerfile);
        if (request.ignoreFile !== undefined) await writeFile(`${file}.dockerignore`, request.ignoreFile);
        const namespace = cacheNamespace(request, maker.run, number);
        const outcome = await build(client, request, await watch(request.settings), [
          ...buildFlags(request, maker),
          `--build-arg=BUILDKIT_CACHE_MOUNT_NS=${namespace}`,
          `--file=${file}`,
          `--tag=${tag}`,
        ]);
        // By its tag: the identifier that a builder reports is not the one that every image store knows it by.
        return outcome.ok ? { ...outcome, image: await inspect("image", tag, ".Id") } : outcome;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },

    async inspect(image) {
      const { Config, Os, Architecture, Variant, Size, RootFS } = await inspect("image", image, ".");
      const diffIds: readonly string[] = RootFS.Layers ?? [];
      const platform = [Os, Architecture, ...(Variant ? [Variant] : [])].join("/");
      return { config: Config ?? {}, platform, size: Size, layers: diffIds.length, diffIds } satisfies ImageInfo;
    },

    async save(images, file) {
      await client.ask(["save", `--output=${file}`, ...images]);
    },

    async layerFolders(image) {
      const { Name, Data } = (await inspect("image", image, ".GraphDriver")) ?? {};
      if (Name !== "overlay2" || process.getuid?.() !== 0) return undefined;
      const folders = Data === null ? [] : [Data.UpperDir, ...(Data.LowerDir?.split(":") ?? [])];
      return folders.every(isReadable) ? folders : undefined;
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
      // The reason comes first, and then that it failed.
      const reason = stderr.split("\n", 1)[0]!.replace(/^(Error response from daemon|Error): /, "");
      if (code !== 0) throw new EngineError(`docker start failed: ${reason}`);
    },

    async copyIn(container, tar) {
      await client.ask(["cp", "-", `${container}:/`], { input: tar as Readable | Uint8Array });
    },

    copyOut: (container, path) => client.ask(["cp", `${container}:${path}`, "-"]),

    state: stateOf,

    async wait(container, seconds) {
      const { timedOut } = await client.try(["wait", container], { timeout: seconds });
      const state = await stateOf(container);
      return timedOut && state.running ? undefined : state;
    },

    async output(container) {
      const { code, stdout, stderr } = await client.try(["logs", container]);
      if (code !== 0) throw new EngineError(`docker logs failed: ${stderr.trim()}`);
      return { stdout: String(stdout), stderr };
    },

    async remove(container) {
      await client.ask(["rm", "--force", "--volumes", container]);
    },

    async removeImages(images) {
      if (images.length > 0) await client.ask(["rmi", "--force", ...images]);
    },
  };
}

async function build(
  client: Client,
  request: BuildRequest,
  watch: BuildWatch,
  flags: readonly string[],
): Promise<Build> {
  const { settings, context, onStep } = request;
  const progress = new Progress((vertex) => {
    watch.vertex(vertex);
    if (vertex.state === "running") onStep?.(vertex.name);
  });
  const begun = performance.now();
  const { code, stderr, timedOut } = await client.try(
    [
      ...["buildx", "build", "--progress=plain", "--load", "--provenance=false"],
      ...builderFlag(settings.builder),
      ...flags,
      "--",
      context,
    ],
    { timeout: settings.timeout, onLine: (line) => progress.read(line) },
  );
  watch.end();
  const seconds = (performance.now() - begun) / 1000;
  if (timedOut) {
    const hung = progress.vertices.findLast(({ state }) => state === "running")?.name ?? "the build";
    throw new EngineError(
      `${hung} did not end within ${settings.timeout} s: --timeout SECONDS gives a build more time`,
    );
  }
  const { steps } = progress;
  // An exit by a signal that nobody here sent is no verdict on the file.
  if (code === undefined) throw new EngineError("the build was ended by somebody else");
  if (code === 0) return { ok: true, image: "", steps, seconds };
  const surroundings = surroundingsOf(stderr, progress);
  if (surroundings !== undefined) throw new EngineError(surroundings);
  return { ok: false, failure: failureOf(stderr, progress), log: stderr, steps, seconds };
}

function isReadable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
