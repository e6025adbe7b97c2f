/** What a run left: found, and removed until nothing is left. */
import { readdirSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type CacheEntry, madeBy } from "./cache-entries.ts";
import type { Driver, Labelled } from "./driver.ts";
import { RUN_LABEL } from "./labels.ts";
import type { Ledger } from "./ledger.ts";

export interface Leftovers {
  readonly labelled: readonly Labelled[];
  readonly entries: readonly { readonly builder: string | undefined; readonly entry: CacheEntry }[];
}

export function isNothing({ labelled, entries }: Leftovers): boolean {
  return labelled.length === 0 && entries.length === 0;
}

/** Of the run that kept `ledger`. What runs that go on (`others`) made as well is theirs: the last one removes it. */
export async function leftoversOf(driver: Driver, ledger: Ledger, others: readonly Ledger[]): Promise<Leftovers> {
  const entries: { builder: string | undefined; entry: CacheEntry }[] = [];
  for (const { builder } of ledger.stocks) {
    const all = (await driver.cache?.list(builder)) ?? [];
    const theirs = new Set(others.flatMap((other) => madeBy(other, all, builder)));
    for (const entry of madeBy(ledger, all, builder)) if (!theirs.has(entry)) entries.push({ builder, entry });
  }
  return { labelled: await driver.labelled(`${RUN_LABEL}=${ledger.run}`), entries };
}

export async function removeLeftovers(driver: Driver, { labelled, entries }: Leftovers): Promise<void> {
  await driver.remove(labelled);
  for (const builder of new Set(entries.map((each) => each.builder))) {
    const ids = entries.filter((each) => each.builder === builder).map(({ entry }) => entry.id);
    await driver.cache?.prune(ids, builder);
  }
}

/** An engine whose client was ended takes a moment to end the build, and until then holds what the build uses. */
const TRIES = 20;
const PAUSE_MS = 250;

/** Whether all is gone. `find` is asked again after each attempt. */
export async function removeAll(driver: Driver, find: () => Promise<Leftovers>): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    const found = await find();
    if (isNothing(found)) return true;
    if (tries > 0) await pause(PAUSE_MS);
    await removeLeftovers(driver, found);
  }
  return isNothing(await find());
}

/** The folder of a run and what is in it. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

/** Bytes of the files in a folder; undefined where there is none. */
export function bytesIn(folder: string): number | undefined {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return bytes;
}
