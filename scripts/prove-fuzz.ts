/** `npm run prove:fuzz -- --runs N [--seed S] [--only model|rewrites]`: generated cases on the engine, as many as there is time for. */
import { parseArgs } from "node:util";
import { Builds } from "../test/engine/fuzz/builds.ts";
import { hunt } from "../test/engine/fuzz/hunt.ts";
import { PROPERTIES, shown, told } from "../test/engine/fuzz/properties.ts";
import { startEngine } from "./engine/engine.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "100" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    only: { type: "string" },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
const names = Object.keys(PROPERTIES) as (keyof typeof PROPERTIES)[];
const chosen = names.filter((name) => values.only === undefined || name === values.only);
if (chosen.length === 0 || !Number.isInteger(runs) || !Number.isInteger(seed) || runs < 1) {
  console.error(`prove:fuzz wants --runs N, --seed N, --only ${names.join("|")}`);
  process.exit(2);
}

await startEngine(["busybox"]);
const builds = await Builds.open();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, async () => {
    await builds.close();
    process.exit(130);
  });
}
try {
  for (const name of chosen) {
    const onCase = (done: number) => {
      if (done % 10 === 0) console.log(`${name}: ${done} of ${runs}`);
    };
    const { cases, seconds, counts, failure } = await hunt(PROPERTIES[name], builds, { runs, seed, onCase });
    console.log(`${name}: ${cases} cases, seed ${seed}, ${(seconds / cases).toFixed(2)} s a case: ${told(counts)}`);
    if (failure) {
      console.log(shown(failure));
      process.exitCode = 1;
    }
  }
} finally {
  await builds.close();
}
