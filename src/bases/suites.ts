/**
 * Which release of Debian an image stands on whose tag names none. Official images for building move to a new one in the middle of a
 * version's life; what is listed here has ended and moves no more.
 */
import type { Family } from "./types.ts";

/**
 * By family, release of Debian and minor version 1.X: the first patch that stands on that release, and on no later one. From the
 * histories of docker-library/golang (versions.json: 2021-08-16, 2023-06-13, 2025-08-12) and rust-lang/docker-rust (x.py: 2021-09-09,
 * 2023-08-03, 2025-08-19), read to the end of 2026-04.
 */
const FIRSTS: Readonly<
  Record<string, readonly (readonly [release: string, firsts: Readonly<Record<number, number>>])[]>
> = {
  golang: [
    ["11", { 16: 7, ...whole(17, 20) }],
    ["12", { 19: 10, 20: 5, ...whole(21, 24) }],
    ["13", { 23: 12, 24: 6, ...whole(25, 25) }],
  ],
  rust: [
    ["11", whole(55, 71)],
    ["12", { 71: 1, ...whole(72, 88) }],
    ["13", whole(89, 93)],
  ],
};

/** Minor versions that stand on a release from their first patch on. */
function whole(first: number, last: number): Readonly<Record<number, number>> {
  return Object.fromEntries(Array.from({ length: last - first + 1 }, (_, at) => [first + at, 0]));
}

/** The release of Debian behind `golang:1.22` and `golang:1.24.3`; undefined where the tag may still move, or nobody looked. */
export function debianBehind({ name }: Family, version: string | undefined): string | undefined {
  const [, minor, patch] = /^1\.(\d+)(?:\.(\d+))?$/.exec(version ?? "") ?? [];
  if (minor === undefined) return undefined;
  const isOn = (firsts: Readonly<Record<number, number>>) =>
    (firsts[Number(minor)] ?? Number.POSITIVE_INFINITY) <= Number(patch ?? Number.MAX_SAFE_INTEGER);
  return FIRSTS[name]?.findLast(([, firsts]) => isOn(firsts))?.[0];
}
