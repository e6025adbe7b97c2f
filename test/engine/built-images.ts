/** Images that a test makes in a session of its own, by their Dockerfiles. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Session } from "../../src/engine/index.ts";

const SETTINGS = { buildArgs: [], secrets: [], ssh: [], buildContexts: [], timeout: 120 };

/** Its id. `files` are the build context. */
export async function imageOf(
  { engine }: Session,
  dockerfile: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const context = mkdtempSync(join(tmpdir(), "refit-images-"));
  try {
    for (const [path, content] of Object.entries(files)) writeFileSync(join(context, path), content);
    const built = await engine.build({ dockerfile, context, settings: SETTINGS });
    if (!built.ok) throw new Error(built.log);
    return built.image;
  } finally {
    rmSync(context, { recursive: true });
  }
}
