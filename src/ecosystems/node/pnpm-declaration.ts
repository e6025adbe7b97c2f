/** What is known of pnpm. */
import type { Declaration } from "../types.ts";

/** Where pnpm keeps what it downloaded. */
export const PNPM_STORES = ["~/.local/share/pnpm/store", "~/.cache/pnpm"];

export const PNPM: Declaration = {
  title: "pnpm",
  files: [
    { name: "package.json", role: "manifest", about: "of the project and of each workspace member" },
    { name: "pnpm-lock.yaml", role: "lock" },
    { name: "pnpm-workspace.yaml", role: "settings", about: "members, patches and catalogs" },
    { name: ".npmrc", role: "settings", about: "of the project and of each member" },
    { name: ".pnpmfile.cjs", role: "settings", about: "hooks; one that loads other files is declined" },
    { name: "patches/", role: "sources", about: "patches that patchedDependencies names" },
  ],
  readsMore: [
    { what: "a lifecycle script of the project", then: "depends", how: "its files are copied where they can be told" },
    { what: "an install script of a dependency", then: "depends", how: "it must be known to leave the project alone" },
    { what: "a local folder (`file:`, `link:`)", then: "declined" },
    { what: "a workspace member's bin", then: "depends", how: "copied where it is executable already" },
    { what: "an install that may rewrite its lock", then: "declined", how: "`--frozen-lockfile` would not let it" },
  ],
  installs: ["node_modules"],
  caches: [...PNPM_STORES, "~/.pnpm-store", "~/.local/state/pnpm"],
  network: "the registry that .npmrc names, else the public one",
  builds: [{ command: "pnpm deploy DIR", outputs: ["DIR"] }],
  developmentOnly: "`devDependencies` are left out with `--prod`.",
};
