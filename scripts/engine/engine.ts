import { type BaseName, basePackages, lightBases, makeBase } from "./bases.ts";
import { startDaemon } from "./daemon.ts";
import { installPackages } from "./packages.ts";

/** A running engine that has the base images `names`. What is there already is not made again. */
export async function startEngine(names: readonly BaseName[] = lightBases): Promise<void> {
  installPackages([
    "docker.io",
    "docker-cli",
    "docker-buildx",
    "attr",
    "libcap2-bin",
    "podman",
    "buildah",
    ...basePackages,
  ]);
  await startDaemon();
  for (const name of names) makeBase(name);
}
