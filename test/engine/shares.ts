import type { Rerun } from "../../src/image/index.ts";

/** `412 steps: 40 % run again, 52 % come from the cache, 8 % unsure`. */
export function shares({ runs, cached, unsure }: Readonly<Record<Rerun, number>>): string {
  const all = runs + cached + unsure;
  const share = (number: number) => `${((100 * number) / all).toFixed(1)} %`;
  return `${all} steps: ${share(runs)} run again, ${share(cached)} come from the cache, ${share(unsure)} unsure`;
}
