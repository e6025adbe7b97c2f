/** What `refit advise` tells: each base image of a run, what is known of it, and which Dockerfiles share it. */
import {
  type Deprecation,
  deprecationOf,
  KNOWN_ON,
  type KnownBase,
  knownBase,
  type Pinning,
  pathOf,
  pinningOf,
  type Support,
  smallerThan,
  supportOf,
  type Variant,
} from "../bases/index.ts";
import { formatReference, fromView, parseReference, type Reference } from "../dockerfile/index.ts";
import type { Facts } from "../image/types.ts";

/** A stage that stands on an image. */
export interface BaseUse {
  /** As the user would type it. */
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
  /** As the file has it: `node:${VERSION}`. */
  readonly written: string;
  /** Build arguments replaced by their defaults; undefined where one has none, or the result is no reference. */
  readonly reference: Reference | undefined;
}

export interface AdvisedBase {
  /** In the shortest form that means the same; `latest` is said. */
  readonly reference: string;
  readonly pinning: Pinning;
  /** Undefined where refit knows nothing of the image. */
  readonly known: KnownBase | undefined;
  readonly support: readonly Support[];
  readonly deprecation: Deprecation | undefined;
  readonly smaller: readonly Variant[];
  /** How many Dockerfiles stand on it; `uses` are their stages. */
  readonly dockerfiles: number;
  readonly uses: readonly BaseUse[];
}

export interface Advice {
  /** `2026-11-27`. */
  readonly today: string;
  /** The day on which the dates of end of life were right. */
  readonly knownOn: string;
  readonly dockerfiles: number;
  /** The most shared first. */
  readonly bases: readonly AdvisedBase[];
  /** FROMs whose image only a build can tell. */
  readonly unresolved: readonly BaseUse[];
}

/** The images that the stages of a Dockerfile stand on. Earlier stages, `scratch` and contexts that a build gives a name are none. */
export function baseUsesOf(path: string, { dockerfile, stages, namedContexts }: Facts): readonly BaseUse[] {
  return stages.flatMap(({ base, from }) => {
    if (base.kind !== "image") return [];
    const { reference = "" } = base;
    if (namedContexts.has(reference) || namedContexts.has(reference.replace(/:latest$/, ""))) return [];
    const { line } = dockerfile.lines.position(from.span.start);
    return [{ path, line, written: fromView(from)?.image.text ?? "", reference: parseReference(reference) }];
  });
}

/** @param dockerfiles how many were read @param today `2026-11-27` */
export function adviceOf(uses: readonly BaseUse[], dockerfiles: number, today: string): Advice {
  const byImage = new Map<string, BaseUse[]>();
  for (const use of uses) {
    if (!use.reference) continue;
    const image = shortest(use.reference);
    byImage.set(image, [...(byImage.get(image) ?? []), use]);
  }
  const bases = [...byImage].map(([reference, shared]) => advisedBase(reference, shared, today));
  bases.sort(
    (one, other) =>
      other.dockerfiles - one.dockerfiles ||
      other.uses.length - one.uses.length ||
      (one.reference < other.reference ? -1 : 1),
  );
  const unresolved = uses.filter(({ reference }) => reference === undefined);
  return { today, knownOn: KNOWN_ON, dockerfiles, bases, unresolved };
}

function advisedBase(text: string, uses: readonly BaseUse[], today: string): AdvisedBase {
  const reference = parseReference(text)!;
  const known = knownBase(reference);
  return {
    ...{ reference: text, known, uses },
    pinning: pinningOf(reference),
    support: known ? supportOf(known, today) : [],
    deprecation: deprecationOf(reference),
    smaller: known ? smallerThan(known) : [],
    dockerfiles: new Set(uses.map(({ path }) => path)).size,
  };
}

/** `node:latest` for `docker.io/library/node`: what means the same image has one name. */
function shortest(reference: Reference): string {
  const { tag, digest } = reference;
  const name = pathOf(reference).replace(/^docker\.io\/(library\/)?/, "");
  return formatReference({ name, tag: tag ?? (digest === undefined ? "latest" : undefined), digest });
}
