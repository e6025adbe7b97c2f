import { removeMade } from "../../scripts/engine/docker.ts";
import { startEngine } from "../../scripts/engine/engine.ts";

/** Before all engine tests; what it returns runs after them. */
export default async function setUp(): Promise<() => void> {
  await startEngine();
  const run = String(process.pid);
  process.env.REFIT_TEST_RUN = run;
  return () => removeMade(run);
}
