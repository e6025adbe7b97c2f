const nanoseconds: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  h: 3.6e12,
};

/** Whether HEALTHCHECK takes it for a time: what Go's time.ParseDuration reads, zero or at least a millisecond. */
export function isDuration(text: string): boolean {
  if (/^[+-]?0$/.test(text)) return true;
  if (!/^[+-]?((\d+(\.\d*)?|\.\d+)(ns|us|ms|s|m|h))+$/.test(text)) return false;
  let total = 0;
  for (const [, number, unit] of text.matchAll(/([\d.]+)([a-z]+)/g)) total += Number(number) * nanoseconds[unit!]!;
  const whole = Math.trunc(total);
  return whole === 0 || (!text.startsWith("-") && whole >= 1e6 && whole < 2 ** 63);
}
