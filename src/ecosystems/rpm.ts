import { systemManager } from "./system.ts";

/** The package managers of Fedora, Red Hat and their kin. */
export const rpm = systemManager({
  name: "rpm",
  commands: ["yum", "dnf", "microdnf", "tdnf"],
  purposes: {
    index: ["makecache", "check-update"],
    system: [
      ...["install", "localinstall", "reinstall", "update", "upgrade", "groupinstall", "group install", "swap"],
      ...["module enable", "module install", "config-manager", "builddep", "distro-sync"],
    ],
    clean: ["clean", "autoremove", "remove", "erase"],
  },
  valued: ["-c", "-x", "--enablerepo", "--disablerepo", "--setopt", "--installroot", "--releasever"],
  declares: {
    title: "DNF, yum, microdnf and tdnf",
    files: [],
    readsMore: [
      { what: "a package in a file, such as `./app.rpm`", then: "declined" },
      { what: "a list of packages that only the shell knows, such as `$(cat packages)`", then: "declined" },
    ],
    installs: ["/usr", "/etc", "/var/lib/rpm", "/usr/lib/sysimage/rpm"],
    caches: ["/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum", "/var/cache/tdnf"],
    network: "the repositories of /etc/yum.repos.d",
    builds: [],
  },
});
