import type { Position } from "../text/index.ts";
import { UsageError } from "../transform/index.ts";

/** A config file that refit can't use. The message begins with its path, and the place where that is known. */
export class ConfigError extends UsageError {
  constructor(path: string, message: string, place?: Position) {
    super(`${path}:${place ? `${place.line}:${place.column}:` : ""} ${message}`);
  }
}
