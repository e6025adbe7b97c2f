import { systemManager } from "./system.ts";

/** Alpine's package manager. */
export const apk = systemManager({
  name: "apk",
  purposes: { index: ["update"], system: ["add", "upgrade", "fix"], clean: ["del", "cache clean"] },
  valued: ["-t", "--virtual", "-X", "--repository", "-p", "--root", "--arch", "--keys-dir"],
});
