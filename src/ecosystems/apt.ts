import { systemManager } from "./system.ts";
import type { Call, Ecosystem, Footprint } from "./types.ts";

const manager = systemManager({
  name: "apt",
  commands: ["apt-get", "apt", "aptitude"],
  purposes: {
    index: ["update"],
    system: ["install", "reinstall", "upgrade", "dist-upgrade", "full-upgrade", "build-dep", "satisfy"],
    clean: ["clean", "autoclean", "autoremove", "remove", "purge"],
  },
  valued: ["-o", "-t", "-c", "-a", "--option", "--target-release", "--config-file"],
  declares: {
    title: "apt",
    files: [],
    readsMore: [
      { what: "a package in a file, such as `./app.deb`", then: "declined" },
      { what: "a list of packages that only the shell knows, such as `$(cat packages)`", then: "declined" },
    ],
    installs: ["/usr", "/etc", "/var/lib/dpkg"],
    caches: ["/var/lib/apt/lists", "/var/cache/apt"],
    network: "the mirrors of /etc/apt/sources.list and /etc/apt/sources.list.d",
    builds: [],
  },
});

/** `apt-get clean`, seen with apt 3.0 under strace. Of the indexes it makes nothing but the folder for halves of them, and a lock. */
const CLEAN: Footprint = {
  reads: ["/etc/apt", "/etc/group", "/etc/nsswitch.conf", "/etc/passwd", "/usr/bin", "/usr/lib", "/usr/share/dpkg"],
  writes: ["/var/cache/apt"],
  network: false,
  anywhere: true,
};

/** Debian's and Ubuntu's package manager. */
export const apt: Ecosystem = {
  ...manager,
  footprint: (call, surroundings) => (isClean(call) ? CLEAN : manager.footprint?.(call, surroundings)),
};

/** With other options it may clean elsewhere. */
function isClean({ tool, args }: Call): boolean {
  return tool !== "aptitude" && args.filter((word) => !/^-[yq]+$/.test(word ?? "")).join() === "clean";
}
