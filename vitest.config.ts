import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** One test or a few that take minutes: begun last, they would leave all cores but one idle. */
const LONG = [
  "sandbox/join",
  "sandbox/catalogue",
  "laws",
  "properties/pipeline",
  "properties/transforms",
  "mutants/mutants",
];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    isolate: false,
    // By default one core is left to an editor.
    maxWorkers: "100%",
    sequence: { sequencer: LongFirst },
    setupFiles: ["test/harness/seed.ts"],
    testTimeout: 120_000,
    reporters: process.env.CI ? ["default"] : ["dot"],
  },
});
