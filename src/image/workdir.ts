/** The folder that a base image works in. Its registry knows, and refit does not ask. */
import { parseReference } from "../dockerfile/index.ts";
import { isKnown, type Text } from "./digest.ts";

/** Where official images work, as their Dockerfiles have it (github.com/docker-library/official-images, library/). */
const OFFICIAL: readonly (readonly [RegExp, string])[] = [
  [/onbuild/, "/usr/src/app"],
  [/^php:.*(apache|fpm)/, "/var/www/html"],
  [/^composer:/, "/app"],
  [/^golang:/, "/go"],
  [/^(alpine|debian|maven|node|php|python|ruby|rust|ubuntu):/, "/"],
];

/**
 * The folder that `image` is taken to work in where it is assumed that unknown images work in `assumed`. Undefined where nothing is to be
 * assumed.
 */
export function workdirOf(image: Text, assumed: string | undefined): string | undefined {
  if (assumed === undefined || !isKnown(image)) return assumed;
  const reference = parseReference(image);
  if (reference?.registry !== "docker.io" || !reference.repository.startsWith("library/")) return assumed;
  const name = `${reference.repository.slice("library/".length)}:${reference.tag ?? "latest"}`;
  return OFFICIAL.find(([pattern]) => pattern.test(name))?.[1] ?? assumed;
}
