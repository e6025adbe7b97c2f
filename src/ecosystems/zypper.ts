import { systemManager } from "./system.ts";

/** SUSE's package manager. */
export const zypper = systemManager({
  name: "zypper",
  purposes: {
    index: ["refresh", "ref"],
    system: ["install", "in", "update", "up", "dist-upgrade", "dup", "patch", "addrepo", "ar"],
    clean: ["clean", "cc", "remove", "rm"],
  },
});
