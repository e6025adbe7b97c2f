/** Stands in for node:assert in the bundle: the two functions that yargs calls, without what shows a difference to a tester. */
export function strictEqual(actual, expected, message) {
  if (!Object.is(actual, expected)) throw new Error(message ?? `${actual} is not ${expected}`);
}

export function notStrictEqual(actual, expected, message) {
  if (Object.is(actual, expected)) throw new Error(message ?? `it is ${expected}`);
}
