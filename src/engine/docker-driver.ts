/** Docker Engine: whether it answers, and what refit's runs left in it. */
import { bytesOf, listEntries, pruneEntries } from "./cache-entries.ts";
import type { Client } from "./client.ts";
import { dockerEngine } from "./docker.ts";
import type { Driver, Labelled } from "./driver.ts";
import { RUN_LABEL } from "./labels.ts";

/** Throws an `EngineError` where it can't be used. */
export async function connectDocker(client: Client): Promise<Driver> {
  const engine = String(await client.ask(["version", "--format={{.Server.Version}}"])).trim();
  const buildx = String(await client.ask(["buildx", "version"]));
  const title = `Docker Engine ${release(engine)}, buildx ${release(buildx)}`;
  return {
    name: "docker",
    title,
    engine: (place) => dockerEngine({ ...place, title }),
    labelled: async (label) => [...(await containersWith(client, label)), ...(await imagesWith(client, label))],
    async remove(things) {
      const idsOf = (kind: Labelled["kind"]) => things.filter((thing) => thing.kind === kind).map(({ id }) => id);
      const [containers, images] = [idsOf("container"), idsOf("image")];
      if (containers.length > 0) await client.try(["rm", "--force", "--volumes", ...containers]);
      if (images.length > 0) await client.try(["rmi", "--force", ...images]);
    },
    cache: {
      list: (builder) => listEntries(client, builder),
      prune: (entries, builder) => pruneEntries(client, entries, builder),
      clockAhead: async () => {
        const asked = Date.now();
        const told = Date.parse(String(await client.ask(["info", "--format={{.SystemTime}}"])).trim());
        return told - (asked + Date.now()) / 2;
      },
    },
  };
}

/** `26.1.5` of `26.1.5+dfsg1` or of a sentence that has it. */
function release(text: string): string {
  return /\d+\.\d+\.\d+/.exec(text)?.[0] ?? text.trim();
}

async function containersWith(client: Client, label: string): Promise<Labelled[]> {
  const format = `{{.ID}}\t{{.Label "${RUN_LABEL}"}}\t{{.Size}}`;
  const filter = `--filter=label=${label}`;
  const listed = await client.ask(["ps", "--all", "--no-trunc", "--size", filter, `--format=${format}`]);
  return linesOf(listed).map((line) => {
    const [id, run, size] = line.split("\t");
    return { kind: "container", id: id!, run: run!, bytes: bytesOf(size!) };
  });
}

async function imagesWith(client: Client, label: string): Promise<Labelled[]> {
  const ids = new Set(
    linesOf(await client.ask(["images", "--all", "--quiet", "--no-trunc", `--filter=label=${label}`])),
  );
  if (ids.size === 0) return [];
  const format = `{{.Id}}\t{{index .Config.Labels "${RUN_LABEL}"}}\t{{.Size}}\t{{.Comment}}`;
  // Some may be gone in the meantime: it tells of the others.
  const { stdout } = await client.try(["image", "inspect", `--format=${format}`, ...ids]);
  return linesOf(stdout).map((line) => {
    const [id, run, size, comment] = line.split("\t");
    // What was built has its bytes in the build cache.
    return { kind: "image", id: id!, run: run!, bytes: comment!.startsWith("Imported ") ? Number(size) : 0 };
  });
}

function linesOf(output: Buffer): string[] {
  return String(output)
    .split("\n")
    .filter((line) => line !== "");
}
