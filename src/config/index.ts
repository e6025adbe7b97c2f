/** Config files and flags in, one checked `Config` out. */
export { UsageError } from "../transform/index.ts";
export { type Config, configSource, type Flags } from "./config.ts";
export { ConfigError } from "./errors.ts";
export { readWeights, weightsFile } from "./weights.ts";
