/** What the user can mend about the engine, a build or the disk: one clear line, exit code 2. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}

/** An engine's client that isn't installed. */
export class MissingProgram extends EngineError {}
