import type { BuildSettings } from "../../src/engine/index.ts";

/** Of a build to which nothing is passed on. */
export const SETTINGS: BuildSettings = { buildArgs: [], secrets: [], ssh: [], buildContexts: [], timeout: 120 };

/** Of one whose steps have no network. */
export const OFFLINE: BuildSettings = { ...SETTINGS, network: "none" };
