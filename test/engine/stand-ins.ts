import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf } from "../../src/image/index.ts";

/** The base image of this machine that has most of what the named one has. */
const STAND_INS: readonly [RegExp, string][] = [
  [/^node:.*slim/, "node:20-slim"],
  [/^node\b/, "node:20"],
  [/^(alpine|busybox)\b/, "busybox"],
  [/./, "debian:trixie"],
];

/** Flags for `docker build` that put an image of this machine in the place of each that the file starts from. */
export function standIns(dockerfile: string): string[] {
  const { stages } = factsOf(parseDockerfile(dockerfile));
  const references = stages.flatMap(({ base }) => (base.kind === "image" && base.reference ? [base.reference] : []));
  return [...new Set(references)].map((reference) => {
    const [, image] = STAND_INS.find(([pattern]) => pattern.test(reference))!;
    return `--build-context=${reference}=docker-image://${image}`;
  });
}
