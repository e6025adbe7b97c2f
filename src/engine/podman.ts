/** Podman, by its command line, which is docker's in most of what refit asks. */
import type { Client } from "./client.ts";
import { containerCommands, readableLayers } from "./containers.ts";
import type { Driver, Labelled, Workplace } from "./driver.ts";
import { RUN_LABEL } from "./labels.ts";
import { buildWith } from "./oci-build.ts";
import type { Engine } from "./types.ts";

/** Throws an `EngineError` where it can't be used. */
export async function connectPodman(client: Client): Promise<Driver> {
  const version = String(await client.ask(["info", "--format={{.Version.Version}}"])).trim();
  const title = `Podman ${version}`;
  return {
    name: "podman",
    title,
    engine: (place) => podmanEngine({ ...place, title }),
    labelled: async (label) => [...(await containersWith(client, label)), ...(await imagesWith(client, label))],
    async remove(things) {
      const idsOf = (kind: Labelled["kind"]) => things.filter((thing) => thing.kind === kind).map(({ id }) => id);
      const [containers, images] = [idsOf("container"), idsOf("image")];
      if (containers.length > 0) await client.try(["rm", "--force", "--volumes", "--time=0", ...containers]);
      if (images.length > 0) await client.try(["rmi", "--force", ...images]);
    },
  };
}

function podmanEngine(place: Workplace & { readonly title: string }): Engine {
  const { client, title, maker } = place;
  let builds = 0;
  const inspect = async (image: string) => JSON.parse(String(await client.ask(["image", "inspect", image])))[0];
  return {
    ...containerCommands(client, maker),
    name: "podman",
    title,

    build: (request) => buildWith(place, request, builds++),

    async inspect(image) {
      const { Config, Healthcheck, History, Os, Architecture, Size, RootFS } = await inspect(image);
      const diffIds: readonly string[] = RootFS.Layers ?? [];
      const config = { ...Config, ...(Healthcheck ? { Healthcheck } : {}), ...unshown(History ?? []) };
      return { config, platform: `${Os}/${Architecture}`, size: Size, layers: diffIds.length, diffIds };
    },

    async save(images, file) {
      await client.ask(["save", "--format=docker-archive", "--multi-image-archive", `--output=${file}`, ...images]);
    },

    async layerFolders(image) {
      const { GraphDriver } = await inspect(image);
      return GraphDriver?.Name === "overlay" ? readableLayers(GraphDriver.Data) : undefined;
    },

    async remove(container) {
      await client.ask(["rm", "--force", "--volumes", "--time=0", container]);
    },
  };
}

/** What Podman's inspection leaves out of the configuration, by the instructions that made it (`/bin/sh -c #(nop) SHELL ["bash"]`). */
function unshown(history: readonly { readonly created_by?: string }[]): Record<string, unknown> {
  const argumentsOf = (keyword: string) =>
    history.flatMap(({ created_by = "" }) => {
      const found = new RegExp(`^(?:/bin/sh -c #\\(nop\\) +)?${keyword} (.*?)(?: # buildkit)?$`).exec(
        created_by.trim(),
      );
      return found?.[1] === undefined ? [] : [found[1].trim()];
    });
  const [shell, triggers] = [argumentsOf("SHELL").at(-1), argumentsOf("ONBUILD")];
  return { ...(shell === undefined ? {} : { Shell: shell }), ...(triggers.length > 0 ? { OnBuild: triggers } : {}) };
}

async function containersWith(client: Client, label: string): Promise<Labelled[]> {
  const format = `{{.ID}}\t{{index .Labels "${RUN_LABEL}"}}`;
  const listed = await client.ask(["ps", "--all", "--no-trunc", `--filter=label=${label}`, `--format=${format}`]);
  return linesOf(listed).map((line) => {
    const [id, run] = line.split("\t");
    return { kind: "container", id: id!, run: run!, bytes: 0 };
  });
}

async function imagesWith(client: Client, label: string): Promise<Labelled[]> {
  const listed = await client.ask(["images", "--all", "--quiet", "--no-trunc", `--filter=label=${label}`]);
  const ids = [...new Set(linesOf(listed))];
  const images = await inspected(client, ids);
  const parents = await inspected(client, [...images.values()].map(({ parent }) => parent).filter(Boolean));
  return [...images].map(([id, { run, size, parent }]) => ({
    kind: "image",
    id,
    run,
    bytes: size - (parents.get(parent)?.size ?? 0),
  }));
}

/** Those of the images that are there, by identifier. */
async function inspected(client: Client, ids: readonly string[]) {
  const found = new Map<string, { readonly run: string; readonly size: number; readonly parent: string }>();
  if (ids.length === 0) return found;
  const format = `{{.ID}}\t{{index .Labels "${RUN_LABEL}"}}\t{{.Size}}\t{{.Parent}}`;
  const { stdout } = await client.try(["image", "inspect", `--format=${format}`, ...new Set(ids)]);
  for (const line of linesOf(stdout)) {
    const [id, run, size, parent] = line.split("\t");
    found.set(id!, { run: run!, size: Number(size), parent: parent ?? "" });
  }
  return found;
}

function linesOf(output: Buffer): string[] {
  return String(output)
    .split("\n")
    .filter((line) => line !== "");
}
