import { UsageError } from "../transform/index.ts";

/** A config file that refit can't use. The message begins with its path. */
export class ConfigError extends UsageError {
  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
  }
}
