/** What stands behind a session: an engine that answers, and how its things are found again and removed. */
import type { CacheEntry } from "./cache-entries.ts";
import type { Client } from "./client.ts";
import type { Maker } from "./labels.ts";
import type { BuildWatch } from "./ledger.ts";
import type { BuildRequest, Engine, EngineName } from "./types.ts";

/** A container or an image that bears refit's labels. */
export interface Labelled {
  readonly kind: "container" | "image";
  readonly id: string;
  readonly run: string;
  /** That come back with it, other than those of its build cache. */
  readonly bytes: number;
}

/** What an engine needs of the session that it works for. */
export interface Workplace {
  /** Whose programs end with the session. */
  readonly client: Client;
  readonly maker: Maker;
  /** A folder. */
  readonly scratch: string;
  /** Called before a build. One that was cut short has no end: the engine may still be at it. */
  watch(request: BuildRequest): Promise<BuildWatch>;
}

export interface Driver {
  readonly name: EngineName;
  /** For reports. */
  readonly title: string;
  engine(place: Workplace): Engine;
  /** Containers and images with the label (`key=value`). */
  labelled(label: string): Promise<Labelled[]>;
  /** What is gone already or still in use is passed over. */
  remove(things: readonly Labelled[]): Promise<void>;
  /** Absent where builds leave nothing but images. */
  readonly cache?: BuildCache | undefined;
}

export interface BuildCache {
  list(builder: string | undefined): Promise<CacheEntry[]>;
  prune(entries: readonly CacheEntry[], builder: string | undefined): Promise<void>;
  /** Milliseconds by which the engine's clock is ahead of this machine's. */
  clockAhead(): Promise<number>;
}
