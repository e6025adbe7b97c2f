/** What moves by its weight, where the weight was measured. The rest is in snapshots/hoist-stable and snapshots/sink-volatile. */
import { expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { StepTimes } from "../../src/image/index.ts";
import { refit } from "../../src/pipeline/index.ts";
import type { Transform } from "../../src/transform/index.ts";
import hoistStable from "../../transforms/hoist-stable/index.ts";
import sinkVolatile from "../../transforms/sink-volatile/index.ts";

function after(file: string, transform: Transform, times: Readonly<Record<string, number>>): string {
  const measured = Object.entries(times).map(([instruction, seconds]) => ({ instruction, seconds }));
  const context = memoryContext({ "main.py": "" });
  return refit(file, { transforms: [transform], context, times: new StepTimes(measured), strict: true }).after;
}

test("packages of the system go up unless they install in no time", () => {
  const install = "RUN apt-get update && apt-get install -y git";
  const file = `FROM debian:12\nCOPY main.py /srv/\n${install}\n`;
  const hoisted = `FROM debian:12\n${install}\nCOPY main.py /srv/\n`;
  expect(after(file, hoistStable, {})).toBe(hoisted);
  expect(after(file, hoistStable, { [install]: 30 })).toBe(hoisted);
  expect(after(file, hoistStable, { [install]: 0.3 })).toBe(file);
});

test("a commit goes below what takes long, and stays above what does not", () => {
  const install = "RUN apt-get update && apt-get install -y git";
  const file = `FROM debian:12\nARG GIT_COMMIT\n${install}\nLABEL revision=$GIT_COMMIT\n`;
  const sunk = `FROM debian:12\n${install}\nARG GIT_COMMIT\nLABEL revision=$GIT_COMMIT\n`;
  expect(after(file, sinkVolatile, {})).toBe(sunk);
  expect(after(file, sinkVolatile, { [install]: 30 })).toBe(sunk);
  expect(after(file, sinkVolatile, { [install]: 0.3 })).toBe(file);
});
