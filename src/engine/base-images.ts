/** Asks an engine for the configurations of base images that it has: its builds take these. */
import { baseConfigOf, type ImageAnswer } from "../bases/index.ts";
import { EngineError } from "./error.ts";
import type { BuildSettings, Session } from "./types.ts";

/** Without an answer for images that the engine does not have, or has for another platform. */
export async function askImages(
  { engine }: Session,
  { platform }: BuildSettings,
  names: readonly string[],
): Promise<ReadonlyMap<string, ImageAnswer>> {
  const answers = new Map<string, ImageAnswer>();
  for (const name of names) {
    try {
      const info = await engine.inspect(name);
      if (!info.platform.startsWith(platform ?? "linux/")) continue;
      const history = (await engine.history(name)).map((created_by) => ({ created_by }));
      answers.set(name, { config: baseConfigOf({ config: info.config, history }) });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
    }
  }
  return answers;
}
