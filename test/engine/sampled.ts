/** Which cases of a long list a run on the engine takes. */

/** CI takes one case in so many, unless told otherwise: most wait for mirrors and registries, and many for the same ones. */
const PARTS = 10;

const DAY_MS = 86_400_000;

/** In CI one part of `cases`, another one each day, of a short list one case; elsewhere, and with ENGINE_CASES=all, all of them. */
export function sampled<Case>(cases: readonly Case[], most = PARTS): readonly Case[] {
  if (!process.env.CI || process.env.ENGINE_CASES === "all") return cases;
  const parts = Math.min(most, cases.length);
  const turn = Math.floor(Date.now() / DAY_MS) % parts;
  return cases.filter((_, index) => index % parts === turn);
}
