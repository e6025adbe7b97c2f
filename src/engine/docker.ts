/** Docker Engine with BuildKit, by the docker command line. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { builderFlag } from "./cache-entries.ts";
import type { Client } from "./client.ts";
import { containerCommands, readableLayers } from "./containers.ts";
import type { Workplace } from "./driver.ts";
import { EngineError } from "./error.ts";
import { failureOf, surroundingsOf } from "./failure.ts";
import { buildFlags, cacheNamespace } from "./flags.ts";
import type { BuildWatch } from "./ledger.ts";
import { Progress } from "./steps.ts";
import type { Build, BuildRequest, Engine, ImageInfo } from "./types.ts";

export function dockerEngine({ client, title, maker, scratch, watch }: Workplace & { readonly title: string }): Engine {
  let builds = 0;
  const inspect = async (name: string, format: string) =>
    JSON.parse(String(await client.ask(["image", "inspect", `--format={{json ${format}}}`, name])));
  return {
    ...containerCommands(client, maker),
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
        const outcome = await build(client, request, await watch(request), [
          ...buildFlags(request, maker),
          `--build-arg=BUILDKIT_CACHE_MOUNT_NS=${namespace}`,
          `--file=${file}`,
          `--tag=${tag}`,
        ]);
        // By its tag: the identifier that a builder reports is not the one that every image store knows it by.
        return outcome.ok ? { ...outcome, image: await inspect(tag, ".Id") } : outcome;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },

    async inspect(image) {
      const { Config, Os, Architecture, Variant, Size, RootFS } = await inspect(image, ".");
      const diffIds: readonly string[] = RootFS.Layers ?? [];
      const platform = [Os, Architecture, ...(Variant ? [Variant] : [])].join("/");
      return { config: Config ?? {}, platform, size: Size, layers: diffIds.length, diffIds } satisfies ImageInfo;
    },

    async save(images, file) {
      await client.ask(["save", `--output=${file}`, ...images]);
    },

    async layerFolders(image) {
      const { Name, Data } = (await inspect(image, ".GraphDriver")) ?? {};
      return Name === "overlay2" ? readableLayers(Data ?? {}) : undefined;
    },

    async remove(container) {
      await client.ask(["rm", "--force", "--volumes", container]);
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
  watch.end();
  if (code === 0) return { ok: true, image: "", steps, seconds };
  const surroundings = surroundingsOf(stderr, progress);
  if (surroundings !== undefined) throw new EngineError(surroundings);
  return { ok: false, failure: failureOf(stderr, progress), log: stderr, steps, seconds };
}
