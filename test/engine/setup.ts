import { removeMade } from "../../scripts/engine/docker.ts";
import { startEngine } from "../../scripts/engine/engine.ts";

/** Before all engine tests; what it returns runs after them. */
export default async function setUp(): Promise<() => void> {
  // `vitest list` comes here as well.
  if (process.env.REFIT_LIST_TESTS) return () => {};
  await startEngine();
  const run = String(process.pid);
  process.env.REFIT_TEST_RUN = run;
  return () => removeMade(run);
}
