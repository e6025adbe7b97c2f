#!/usr/bin/env node
import { processIo, run } from "../src/cli/index.ts";

process.exitCode = await run(process.argv.slice(2), processIo(), async () => {
  const { transforms } = await import("../transforms/index.ts");
  return transforms;
});
