import { systemManager } from "./system.ts";

/** Alpine's package manager. */
export const apk = systemManager({
  name: "apk",
  purposes: { index: ["update"], system: ["add", "upgrade", "fix"], clean: ["del", "cache clean"] },
  valued: ["-t", "--virtual", "-X", "--repository", "-p", "--root", "--arch", "--keys-dir"],
  declares: {
    title: "apk",
    files: [],
    readsMore: [
      { what: "a package in a file, such as `./app.apk`", then: "declined" },
      { what: "a list of packages that only the shell knows, such as `$(cat packages)`", then: "declined" },
    ],
    installs: ["/usr", "/etc", "/lib/apk/db"],
    caches: ["/var/cache/apk", "/etc/apk/cache"],
    network: "the mirrors of /etc/apk/repositories",
    builds: [],
  },
});
