/** What a run left: found, and removed until nothing is left. */
import { readdirSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type CacheEntry, isHeldStep, madeBy } from "./cache-entries.ts";
import type { Driver, Labelled } from "./driver.ts";
import { RUN_LABEL } from "./labels.ts";
import type { Ledger } from "./ledger.ts";

export interface Leftovers {
  readonly labelled: readonly Labelled[];
  readonly entries: readonly { readonly builder: string | undefined; readonly entry: CacheEntry }[];
}

/** Of the run that kept `ledger`. Entries that runs which go on (`others`) made as well are theirs: the last one removes them. */
export async function leftoversOf(
  driver: Driver,
  ledger: Ledger,
  { others, withEntries = true }: { readonly others: readonly Ledger[]; readonly withEntries?: boolean },
): Promise<Leftovers> {
  const entries: { builder: string | undefined; entry: CacheEntry }[] = [];
  for (const { builder } of withEntries ? ledger.stocks : []) {
    const own = madeBy(ledger, (await driver.cache?.list(builder)) ?? [], builder);
    const theirs = new Set(others.flatMap((other) => madeBy(other, own, builder)));
    entries.push(...own.filter((entry) => !theirs.has(entry)).map((entry) => ({ builder, entry })));
  }
  return { labelled: await driver.labelled(`${RUN_LABEL}=${ledger.run}`), entries };
}

export async function removeLeftovers(driver: Driver, { labelled, entries }: Leftovers): Promise<void> {
  await driver.remove(labelled);
  for (const builder of new Set(entries.map((each) => each.builder))) {
    const own = entries.filter((each) => each.builder === builder).map(({ entry }) => entry);
    await driver.cache?.prune(own, builder);
  }
}

const TRIES = 20;
const PAUSE_MS = 250;

/**
 * Removes what `find` finds, and looks again. Whether all is gone that is the run's alone. A cache entry that the engine does not give up is
 * in use by somebody else's build. But after a build that was cut short just now (`cutShort`) the engine takes a moment to end it and holds
 * its entries until then; BuildKit 0.13 even runs a step to its end that was cancelled while it started.
 */
export async function removeAll(
  driver: Driver,
  find: (withEntries: boolean) => Promise<Leftovers>,
  { cutShort = false } = {},
): Promise<boolean> {
  let withEntries = true;
  for (let tries = 0; tries < TRIES; tries++) {
    const found = await find(withEntries);
    const looked = !withEntries || (found.entries.length === 0 && !cutShort);
    if (found.labelled.length === 0 && looked) return true;
    await removeLeftovers(driver, found);
    withEntries = cutShort && (tries < 2 || found.entries.some(({ entry }) => isHeldStep(entry)));
    if (withEntries || tries > 0) await pause(PAUSE_MS);
  }
  return false;
}

/** Whether a build of the run was not seen to end. */
export function wasCutShort({ builds }: Ledger): boolean {
  return builds.some(({ ended }) => ended === undefined);
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
