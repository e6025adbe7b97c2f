/** What runs that were killed left behind. */
import { statSync } from "node:fs";
import { endClients, isAlive } from "./alive.ts";
import { chooseEngine } from "./choose.ts";
import type { Driver } from "./driver.ts";
import { EngineError } from "./error.ts";
import { OWNER_LABEL, RUN_LABEL } from "./labels.ts";
import { type Ledger, readLedgers, removeLedger } from "./ledger.ts";
import { bytesIn, type Leftovers, leftoversOf, removeAll, removeFolder } from "./leftovers.ts";
import { openState, type State } from "./state.ts";
import type { Cleaning, Remnant } from "./types.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Finds what dead runs left, in whichever engine they worked, and removes it unless it is only to be shown. */
export async function clean({ env, show }: { readonly env: Env; readonly show: boolean }): Promise<Cleaning> {
  const state = openState(env);
  const remnants: Remnant[] = [];
  const problems: string[] = [];
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      problems.push(`${what}: ${error.message}`);
    }
  };
  for (const ledger of deadOf(readLedgers(state.ledgers))) {
    await attempt(`run ${ledger.run}`, async () => {
      const driver = await chooseEngine(ledger.engine, { env: { ...env, ...ledger.env } });
      const left = await remnantsOf(ledger, driver, state);
      const gone = show || (await clearRun(ledger, driver, state));
      if (!gone) problems.push(`run ${ledger.run}: the engine still uses some of it; refit clean removes it later`);
      const kept = show ? undefined : await leftoversOf(driver, ledger, { others: [] });
      remnants.push(...left.filter(({ id }) => !isAmong(kept, id)));
    });
  }
  await attempt("the engine at hand", async () => {
    const driver = await chooseEngine(undefined, { env });
    const find = () => unledgered(driver, state);
    remnants.push(...labelledRemnants(await find()));
    if (!show) await removeAll(driver, find);
  });
  return { remnants, problems };
}

/** Before a new run: clears what it can with the engine at hand, without a word. */
export async function clearDeadRuns(state: State, driver: Driver, env: Env): Promise<void> {
  try {
    for (const ledger of deadOf(readLedgers(state.ledgers))) {
      const same = Object.entries(ledger.env).every(([name, value]) => env[name] === value);
      if (ledger.engine === driver.name && same) await clearRun(ledger, driver, state);
    }
    await removeAll(driver, () => unledgered(driver, state));
  } catch (error) {
    // It is no reason not to begin; `refit clean` tells.
    if (!(error instanceof EngineError)) throw error;
  }
}

/** Whether all is gone, the ledger included. */
async function clearRun(ledger: Ledger, driver: Driver, state: State): Promise<boolean> {
  const cutShort = endClients(`--label=${RUN_LABEL}=${ledger.run}`);
  const dead = cutShort ? endedNow(ledger) : ledger;
  await removeFolder(ledger.scratch);
  const find = (withEntries: boolean) =>
    leftoversOf(driver, dead, { others: livingOf(readLedgers(state.ledgers)), withEntries });
  const gone = await removeAll(driver, find, { cutShort });
  if (gone) removeLedger(ledger);
  return gone;
}

/** A client that outlives its run goes on building. Ended now, its build ended now. */
function endedNow(ledger: Ledger): Ledger {
  return { ...ledger, builds: ledger.builds.map((build) => ({ ...build, deadline: Date.now() })) };
}

async function remnantsOf(ledger: Ledger, driver: Driver, state: State): Promise<Remnant[]> {
  const { run, scratch, file } = ledger;
  const left = await leftoversOf(driver, ledger, { others: livingOf(readLedgers(state.ledgers)) });
  const bytes = bytesIn(scratch);
  const folder = bytes === undefined ? [] : [{ kind: "folder" as const, id: scratch, run, bytes, description: "" }];
  return [
    ...labelledRemnants(left),
    ...left.entries.map(({ entry }) => ({ ...entry, kind: "cache entry" as const, run })),
    ...folder,
    { kind: "ledger", id: file, run, bytes: statSync(file).size, description: "" },
  ];
}

function isAmong(left: Leftovers | undefined, id: string): boolean {
  return (
    left !== undefined && [...left.labelled, ...left.entries.map(({ entry }) => entry)].some((thing) => thing.id === id)
  );
}

function labelledRemnants({ labelled }: Leftovers): Remnant[] {
  return labelled.map((thing) => ({ ...thing, description: "" }));
}

/** What bears this user's labels and no ledger knows: a run that was cleared away while its client still worked. */
async function unledgered(driver: Driver, state: State): Promise<Leftovers> {
  const labelled = await driver.labelled(`${OWNER_LABEL}=${state.owner}`);
  // Read after that: what was made since is of a run whose ledger is there.
  const known = new Set(readLedgers(state.ledgers).map(({ run }) => run));
  return { labelled: labelled.filter(({ run }) => !known.has(run)), entries: [] };
}

function deadOf(ledgers: readonly Ledger[]): Ledger[] {
  return ledgers.filter(({ process }) => isAlive(process) === false);
}

/** Runs that go on, or may: a run of another machine, with whom this one shares the state folder. */
function livingOf(ledgers: readonly Ledger[]): Ledger[] {
  return ledgers.filter(({ process }) => isAlive(process) !== false);
}
