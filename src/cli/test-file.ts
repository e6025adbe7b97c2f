import type { PromiseName } from "../transform/index.ts";

/** What a property-test file is written from. */
export interface TestFile {
  /** Its own name. */
  readonly name: string;
  /** Paths as the file refers to them, relative to itself. */
  readonly dockerfile: string;
  readonly context: string | undefined;
  readonly promise: PromiseName;
  /** The Dockerfile as it was, or the revision that holds it. */
  readonly old: { readonly text: string } | { readonly revision: string };
  readonly buildArguments: readonly BuildArgument[];
  /** Whether there are installs of dependencies and sources to edit. */
  readonly hasInstalls: boolean;
}

export interface BuildArgument {
  readonly name: string;
  readonly value: string | undefined;
  /** Whether it chooses a base image: any other value needs an image that is there. */
  readonly choosesImage: boolean;
}

/** The text of a property-test file, for `node --test` and vitest. */
export function testFile(file: TestFile): string {
  const parts = [head(file), pair(file), buildArguments(file), sameImage, ...(file.hasInstalls ? [installs] : [])];
  return `${parts.join("\n\n")}\n`;
}

function head({ name, dockerfile, old, hasInstalls }: TestFile): string {
  const git = "revision" in old ? ", fromGit" : "";
  return `\
// Property tests for ${dockerfile}. \`refit tests\` wrote this file, and it is yours to change.
// They build real images, so they need an engine: node --test ${name}, or vitest. REFIT_RUNS=50 tries more cases.
${hasInstalls ? 'import assert from "node:assert/strict";\n' : ""}import { fc${git}, withBuilds } from "refit/testing";

const { test } = await import(process.env.VITEST ? "vitest" : "node:test");

// Each case is a build or more, so the first failure is told as it is, without a search for a smaller one.
const runs = { numRuns: Number(process.env.REFIT_RUNS ?? 5), endOnFailure: true, includeErrorInReport: true };
const timeout = 3_600_000;`;
}

function pair({ dockerfile, context, promise, old }: TestFile): string {
  const path = dockerfile.startsWith("../") ? dockerfile : `./${dockerfile}`;
  const place = `new URL(${quoted(path)}, import.meta.url)`;
  const text = "revision" in old ? `fromGit(${quoted(old.revision)}, ${place})` : template(old.text);
  const folder = context === undefined ? "" : `  context: new URL(${quoted(context)}, import.meta.url),\n`;
  return `\
// The file as it was; the one on disk is compared with it.
const old = ${text};

const files = {
  old,
  dockerfile: ${place},
${folder}  // What the two have in common: "same-image", or "same-runtime" when only what runs must be the same.
  promise: ${quoted(promise)},
};`;
}

function buildArguments({ buildArguments: declared }: TestFile): string {
  if (declared.length === 0) return "const buildArguments = fc.constant({});";
  return `\
// Values for the build arguments: change them to what makes sense. A case that neither file builds with is skipped.
const buildArguments = fc.record({
${declared.map(valuesOf).join("\n")}
});`;
}

function valuesOf({ name, value, choosesImage }: BuildArgument): string {
  if (value === undefined) {
    return choosesImage ? `  // ${name} chooses a base image.` : `  ${name}: fc.stringMatching(${WORDS}),`;
  }
  return choosesImage
    ? `  // It chooses a base image: add other values that there are images for.\n  ${name}: fc.constantFrom(${quoted(value)}),`
    : `  ${name}: fc.oneof(fc.constant(${quoted(value)}), fc.stringMatching(${WORDS})),`;
}

const WORDS = "/^[a-z0-9.]{1,12}$/";

const sameImage = `\
test("the old file and the new one give the same image, whatever the sources and arguments", { timeout }, () =>
  withBuilds(files, (builds) => {
    const edits = fc.subarray([...builds.sources], { maxLength: Math.min(3, builds.sources.length) });
    return fc.assert(
      fc.asyncProperty(edits, buildArguments, (edited, buildArgs) => builds.assertSame({ edited, buildArgs })),
      runs,
    );
  }),
);`;

const installs = `\
test("no dependencies are installed again after an edit of a source", { timeout }, () =>
  withBuilds(files, (builds) =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...builds.sources), async (source) => {
        const steps = await builds.stepsAfterEdit(source);
        const installed = steps.filter((step) => step.installs).map((step) => step.instruction);
        assert.deepEqual(installed, []);
      }),
      runs,
    ),
  ),
);`;

function quoted(text: string): string {
  return JSON.stringify(text);
}

function template(text: string): string {
  return `\`${text.replace(/[\\`]|\$\{/g, "\\$&").replaceAll("\r", "\\r")}\``;
}
