/** The engine to work with. */
import { connectBuildah } from "./buildah.ts";
import { type Client, clientOf } from "./client.ts";
import { connectDocker } from "./docker-driver.ts";
import type { Driver } from "./driver.ts";
import { EngineError, MissingProgram } from "./error.ts";
import { connectPodman } from "./podman.ts";
import type { EngineName } from "./types.ts";

/** In the order in which they are tried. */
const connect: Record<EngineName, (client: Client) => Promise<Driver>> = {
  docker: connectDocker,
  podman: connectPodman,
  buildah: connectBuildah,
};

type Options = Parameters<typeof clientOf>[1];

/**
 * The named one, else the first that answers; but who says with DOCKER_HOST where Docker is gets no other engine when it is silent. Throws an `EngineError` that says why
 * there is none.
 */
export async function chooseEngine(wanted: EngineName | undefined, options: Options): Promise<Driver> {
  const names = wanted === undefined ? (Object.keys(connect) as EngineName[]) : [wanted];
  const reasons: EngineError[] = [];
  for (const name of names) {
    try {
      return await connect[name](clientOf(name, options));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      reasons.push(error);
      if (name === "docker" && options.env.DOCKER_HOST && !(error instanceof MissingProgram)) break;
    }
  }
  const reason = reasons.find((candidate) => !(candidate instanceof MissingProgram)) ?? reasons[0]!;
  if (reasons.length === 1 || !(reason instanceof MissingProgram)) throw reason;
  throw new EngineError(`there is no container engine here: none of ${names.join(", ")} is in PATH`);
}
