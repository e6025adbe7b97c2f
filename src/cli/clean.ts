/** `refit clean`: show and remove what earlier runs left behind. */
import { clean } from "../engine/index.ts";
import { cleaningJson, cleaningText } from "../report/index.ts";
import type { ExitCode, Io } from "./io.ts";

export interface CleanArguments {
  readonly dryRun: boolean;
  readonly format: "text" | "json";
}

export async function cleanUp({ dryRun, format }: CleanArguments, io: Io): Promise<ExitCode> {
  const cleaning = await clean({ env: io.env, show: dryRun });
  io.stdout.write((format === "json" ? cleaningJson : cleaningText)(cleaning, dryRun));
  for (const problem of cleaning.problems) io.stderr.write(`refit: ${problem}\n`);
  return cleaning.problems.length > 0 ? 2 : 0;
}
