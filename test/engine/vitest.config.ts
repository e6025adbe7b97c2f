import { defineConfig } from "vitest/config";

/** Files that count what the engine holds, kill builds, or read from BuildKit's record which steps ran: another file's builds would disturb them. */
const ALONE = ["changes", "clean", "rebuild", "session"].map((name) => `test/engine/${name}.engine.ts`);

const timeouts = { testTimeout: 600_000, hookTimeout: 600_000 };

/** Real builds: `npm run engine`. They need root and Debian, and are no part of `npm test`. */
export default defineConfig({
  test: {
    globalSetup: ["test/engine/setup.ts"],
    reporters: ["default"],
    projects: [
      {
        test: {
          ...timeouts,
          name: "together",
          include: ["test/engine/**/*.engine.ts"],
          exclude: ALONE,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...timeouts, name: "alone", include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
