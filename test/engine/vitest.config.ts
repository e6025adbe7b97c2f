import { defineConfig } from "vitest/config";

/** Real builds: `npm run engine`. They need root and Debian, and are no part of `npm test`. */
export default defineConfig({
  test: {
    include: ["test/engine/**/*.engine.ts"],
    globalSetup: ["test/engine/setup.ts"],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: ["default"],
  },
});
