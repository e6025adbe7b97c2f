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
});
