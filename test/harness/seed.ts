/**
 * Which cases the property tests generate: the same ones at every run in CI, so that a change is judged by what it changes; others
 * at every run elsewhere. `SEED=123` takes one of your choice; a failure prints the seed it was found with.
 */
import fc from "fast-check";

const CI_SEED = 20_261_124;

const seed = process.env.SEED ? Number(process.env.SEED) : process.env.CI ? CI_SEED : undefined;
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
