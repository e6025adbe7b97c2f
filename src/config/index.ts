/** Config files and flags in, one checked `Config` out. */
export { UsageError } from "../transform/index.ts";
export { type Config, configSource } from "./config.ts";
export { ConfigError } from "./errors.ts";
