import { systemManager } from "./system.ts";

/** SUSE's package manager. */
export const zypper = systemManager({
  name: "zypper",
  purposes: {
    index: ["refresh", "ref"],
    system: ["install", "in", "update", "up", "dist-upgrade", "dup", "patch", "addrepo", "ar"],
    clean: ["clean", "cc", "remove", "rm"],
  },
  declares: {
    title: "Zypper",
    files: [],
    readsMore: [
      { what: "a package in a file, such as `./app.rpm`", then: "declined" },
      { what: "a list of packages that only the shell knows, such as `$(cat packages)`", then: "declined" },
    ],
    installs: ["/usr", "/etc", "/usr/lib/sysimage/rpm"],
    caches: ["/var/cache/zypp"],
    network: "the repositories of /etc/zypp/repos.d",
    builds: [],
  },
});
