import { systemManager } from "./system.ts";

/** Debian's and Ubuntu's package manager. */
export const apt = systemManager({
  name: "apt",
  commands: ["apt-get", "apt", "aptitude"],
  purposes: {
    index: ["update"],
    system: ["install", "reinstall", "upgrade", "dist-upgrade", "full-upgrade", "build-dep", "satisfy"],
    clean: ["clean", "autoclean", "autoremove", "remove", "purge"],
  },
  valued: ["-o", "-t", "-c", "-a", "--option", "--target-release", "--config-file"],
});
