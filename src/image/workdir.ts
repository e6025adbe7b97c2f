/** The folder that a base image works in, and its user. Its registry knows, and refit does not ask. */
import { parseReference } from "../dockerfile/index.ts";
import { isKnown, type Text } from "./digest.ts";

/** Where official images work, as their Dockerfiles have it (github.com/docker-library/official-images, library/). */
const OFFICIAL: readonly (readonly [RegExp, string])[] = [
  [/onbuild/, "/usr/src/app"],
  [/^php:.*(apache|fpm)/, "/var/www/html"],
  [/^composer:/, "/app"],
  [/^golang:/, "/go"],
  [
    /^(alpine|buildpack-deps|debian|eclipse-temurin|elixir|erlang|fedora|gcc|maven|node|openjdk|php|python|ruby|rust|ubuntu):/,
    "/",
  ],
];

/**
 * The user of `image` where something is assumed of images: none of the official ones that are known names one, so it is root. Undefined
 * where nothing is to be assumed.
 */
export function userOf(image: Text, assumed: string | undefined): "0:0" | undefined {
  return assumed !== undefined && officialWorkdir(image) !== undefined ? "0:0" : undefined;
}

/**
 * The folder that `image` is taken to work in where it is assumed that unknown images work in `assumed`. Undefined where nothing is to be
 * assumed.
 */
export function workdirOf(image: Text, assumed: string | undefined): string | undefined {
  return assumed === undefined ? undefined : (officialWorkdir(image) ?? assumed);
}

/** Where an official image of that name works; undefined for any other. */
export function officialWorkdir(image: Text): string | undefined {
  const name = officialName(image);
  return name === undefined ? undefined : OFFICIAL.find(([pattern]) => pattern.test(name))?.[1];
}

/** What official images set whatever their tag, for file names to be told by. */
const VARIABLES: readonly (readonly [RegExp, ReadonlyMap<string, string>])[] = [
  [/^golang:/, new Map([["GOPATH", "/go"]])],
];

/** Variables that an official image of that name sets; those that are not named may be set as well. */
export function officialVariables(image: Text | undefined): ReadonlyMap<string, string> {
  const name = image === undefined ? undefined : officialName(image);
  return (name !== undefined && VARIABLES.find(([pattern]) => pattern.test(name))?.[1]) || new Map();
}

/** `golang:1.22` of `docker.io/library/golang:1.22`. */
function officialName(image: Text): string | undefined {
  const reference = isKnown(image) ? parseReference(image) : undefined;
  if (reference?.registry !== "docker.io" || !reference.repository.startsWith("library/")) return undefined;
  return `${reference.repository.slice("library/".length)}:${reference.tag ?? "latest"}`;
}
