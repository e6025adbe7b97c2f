/** One run of refit with an engine. */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "./alive.ts";
import { chooseEngine } from "./choose.ts";
import { clearDeadRuns } from "./clean.ts";
import { clientOf } from "./client.ts";
import type { Driver } from "./driver.ts";
import { EngineError } from "./error.ts";
import { ENGINE_VARIABLES, LedgerWriter, readLedger, readLedgers, removeLedger } from "./ledger.ts";
import { leftoversOf, removeAll, removeFolder, wasCutShort } from "./leftovers.ts";
import { plannedVertices } from "./planned.ts";
import { openState } from "./state.ts";
import type { BuildSettings, EngineName, Session } from "./types.ts";

export interface SessionOptions {
  /** The first that answers, unless one is named. */
  readonly engine?: EngineName | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths in what is passed on start (`--secret id=a,src=b`); this process's own folder if not given. */
  readonly cwd?: string | undefined;
}

/**
 * Begins a run, after it has cleared away what killed runs left. Throws an `EngineError` where no engine can be used.
 * `close` ends what still runs, whose callers then get an `EngineError`.
 */
export async function openSession({ engine, env, cwd }: SessionOptions): Promise<Session> {
  const abort = new AbortController();
  const driver = await chooseEngine(engine, { env, cwd });
  const state = openState(env);
  await clearDeadRuns(state, driver, env);

  const run = randomBytes(6).toString("hex");
  const scratch = join(env.TMPDIR || tmpdir(), `refit-${run}`);
  const ledger = new LedgerWriter(state.ledgers, { run, engine: driver.name, env: engineVariables(env), scratch });
  makeScratch(scratch, ledger);
  const client = clientOf(driver.name, { env, cwd, signal: abort.signal });
  const stock = stockTaker(driver, ledger);

  let closing: Promise<void> | undefined;
  return {
    run,
    engine: driver.engine({
      client,
      maker: { run, owner: state.owner },
      scratch,
      async watch(request) {
        await stock(request.settings);
        return ledger.build(request.settings, plannedVertices(request));
      },
    }),
    scratch,
    signal: abort.signal,
    close() {
      closing ??= (async () => {
        abort.abort(new EngineError("the run was ended"));
        await client.idle();
        await closeRun(driver, ledger, state.ledgers);
        await removeFolder(scratch);
      })();
      return closing;
    },
  };
}

/** Takes stock of a builder before the first build with it, once. */
function stockTaker(driver: Driver, ledger: LedgerWriter): (settings: BuildSettings) => Promise<void> {
  const taken = new Map<string | undefined, Promise<void>>();
  return ({ builder }) => {
    let taking = taken.get(builder);
    if (taking === undefined) {
      taking = (async () => {
        const known = (await driver.cache?.list(builder)) ?? [];
        ledger.takesStock({
          builder,
          known: known.map(({ id }) => id),
          clockAhead: (await driver.cache?.clockAhead()) ?? 0,
        });
      })();
      taken.set(builder, taking);
    }
    return taking;
  };
}

/** What can't be removed now, since the engine is gone or holds it, is the next run's to remove: the ledger stays. */
async function closeRun(driver: Driver, { file }: LedgerWriter, ledgers: string): Promise<void> {
  const ledger = readLedger(file);
  if (ledger === undefined) return;
  try {
    const others = () =>
      readLedgers(ledgers).filter((other) => other.run !== ledger.run && isAlive(other.process) !== false);
    const find = (withEntries: boolean) => leftoversOf(driver, ledger, { others: others(), withEntries });
    if (await removeAll(driver, find, { cutShort: wasCutShort(ledger) })) removeLedger(ledger);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
}

function makeScratch(folder: string, ledger: LedgerWriter): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    removeLedger(ledger);
    throw new EngineError(
      `${folder} can't be made (${(error as NodeJS.ErrnoException).code}); TMPDIR names another place`,
    );
  }
}

function engineVariables(env: SessionOptions["env"]): Record<string, string> {
  return Object.fromEntries(ENGINE_VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}
