import { writeSync } from "node:fs";
import { expect, test } from "vitest";

/** Says on stderr what a machine without `missing` can't test. In CI, where everything is installed, that is a failure. */
export function leaveOut(what: string, missing: string): void {
  test(`${what} is left out, since ${missing} is missing`, () => {
    writeSync(2, `Left out: ${what}, since ${missing} is missing\n`);
    expect(process.env.CI, `CI needs ${missing}`).toBeUndefined();
  });
}
