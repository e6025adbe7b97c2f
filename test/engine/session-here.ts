import { afterAll, beforeAll } from "vitest";
import { openSession, type Session } from "../../src/engine/index.ts";

/** One session with Docker for all tests of the file that calls this while it is loaded. Asked for in a test, or in a later `beforeAll`. */
export function sessionHere(): () => Session {
  let session: Session | undefined;
  beforeAll(async () => {
    session = await openSession({ engine: "docker", env: process.env });
  });
  afterAll(() => session?.close());
  return () => session!;
}
