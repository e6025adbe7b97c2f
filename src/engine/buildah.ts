/** Buildah, by its command line: it builds and stores images, and runs no containers. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bytesOf } from "./cache-entries.ts";
import type { Client } from "./client.ts";
import type { Driver, Workplace } from "./driver.ts";
import { EngineError } from "./error.ts";
import { RUN_LABEL } from "./labels.ts";
import { buildWith } from "./oci-build.ts";
import { runProgram } from "./process.ts";
import type { Engine } from "./types.ts";

/** Throws an `EngineError` where it can't be used. */
export async function connectBuildah(client: Client): Promise<Driver> {
  const version = JSON.parse(String(await client.ask(["version", "--json"]))).version;
  // Says whether its storage is for this user to use.
  await client.ask(["images", "--quiet"]);
  const title = `Buildah ${version}`;
  return {
    name: "buildah",
    title,
    engine: (place) => buildahEngine({ ...place, title }),
    async labelled(label) {
      const flags = ["--all", "--no-trunc", "--noheading", `--filter=label=${label}`, "--format={{.ID}} {{.Size}}"];
      const listed = String(await client.ask(["images", ...flags]));
      // It lines its columns up.
      const images = [...listed.matchAll(/^(\S+) +(\S+) ?(\S*)$/gm)];
      return Promise.all(
        images.map(async ([, id = "", amount = "", unit = ""]) => {
          const { config } = await configOf(client, id);
          return { kind: "image" as const, id, run: config.Labels?.[RUN_LABEL] ?? "", bytes: bytesOf(amount + unit) };
        }),
      );
    },
    async remove(things) {
      if (things.length > 0) await client.try(["rmi", "--force", ...things.map(({ id }) => id)]);
    },
  };
}

interface ImageConfig {
  readonly config: Readonly<Record<string, unknown>> & { readonly Labels?: Readonly<Record<string, string>> | null };
  readonly os: string;
  readonly architecture: string;
  readonly history?: readonly { readonly created_by?: string }[] | null;
  readonly rootfs: { readonly diff_ids: readonly string[] | null };
}

async function configOf(client: Client, image: string): Promise<ImageConfig> {
  return JSON.parse(String(await client.ask(["inspect", "--type=image", "--format={{.Config}}", image])));
}

function buildahEngine(place: Workplace & { readonly title: string }): Engine {
  const { client, title, scratch } = place;
  let builds = 0;
  const runsNone = "buildah runs no containers: podman does";
  const unable = (): Promise<never> => Promise.reject(new EngineError(runsNone));
  return {
    name: "buildah",
    title,
    runsNone,
    build: (request) => buildWith(place, request, builds++),

    async inspect(image) {
      const { config, os, architecture, rootfs } = await configOf(client, image);
      const diffIds = rootfs.diff_ids ?? [];
      const listed = await client.ask(["images", "--json", image]);
      const size = bytesOf(String(JSON.parse(String(listed))[0]?.size ?? "").replace(" ", ""));
      return { config, platform: `${os}/${architecture}`, size, layers: diffIds.length, diffIds };
    },

    async history(image) {
      const { history } = await configOf(client, image);
      return (history ?? []).map(({ created_by = "" }) => created_by);
    },

    async save(images, file) {
      const folder = await mkdtemp(join(scratch, "layout-"));
      try {
        for (const [index, image] of images.entries())
          await client.ask(["push", "--quiet", "--disable-compression", image, `oci:${folder}:image${index}`]);
        await writeFile(join(folder, "manifest.json"), JSON.stringify(await listOf(folder)));
        const { code, stderr } = await runProgram("tar", ["-C", folder, "-cf", file, "."], { env: process.env });
        if (code !== 0) throw new EngineError(`tar failed: ${stderr.trim()}`);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },

    // Storage of its own, which nothing of it shows.
    layerFolders: () => Promise.resolve(undefined),
    importTree: unable,
    create: unable,
    start: unable,
    copyIn: unable,
    copyOut: unable,
    state: unable,
    wait: unable,
    output: unable,
    remove: unable,

    async removeImages(images) {
      if (images.length > 0) await client.ask(["rmi", "--force", ...images]);
    },
  };
}

/** The images of an OCI layout, as docker's archives list them. */
async function listOf(folder: string) {
  const json = async (path: string) => JSON.parse(await readFile(join(folder, path), "utf8"));
  const pathOf = ({ digest }: { readonly digest: string }) => `blobs/${digest.replace(":", "/")}`;
  const { manifests } = await json("index.json");
  return Promise.all(
    manifests.map(async (described: { readonly digest: string }) => {
      const { config, layers } = await json(pathOf(described));
      return { Config: pathOf(config), RepoTags: null, Layers: layers.map(pathOf) };
    }),
  );
}
