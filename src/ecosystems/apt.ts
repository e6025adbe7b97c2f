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
