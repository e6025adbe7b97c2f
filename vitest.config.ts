import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    isolate: false,
    setupFiles: ["test/harness/seed.ts"],
    testTimeout: 120_000,
    reporters: process.env.CI ? ["default"] : ["dot"],
  },
});
