/** What is known of Yarn, classic (1) and berry (2 and newer), which bear one name and read each other's files. */
import type { Declaration } from "../types.ts";

/** What a berry install writes besides `node_modules`. */
export const BERRY_OUTPUTS = [
  ".pnp.cjs",
  ".pnp.js",
  ".pnp.loader.mjs",
  ".pnp.data.json",
  ".yarn/cache",
  ".yarn/unplugged",
  ".yarn/install-state.gz",
];

export const YARN: Declaration = {
  title: "Yarn",
  files: [
    { name: "package.json", role: "manifest", about: "of the project and of each workspace member" },
    { name: "yarn.lock", role: "lock" },
    { name: ".yarnrc", role: "settings", about: "classic; also the release that yarn-path names" },
    { name: ".npmrc", role: "settings", about: "classic" },
    { name: ".yarnclean", role: "settings", about: "classic" },
    { name: ".yarnrc.yml", role: "settings", about: "berry" },
    { name: ".env.yarn", role: "settings", about: "berry" },
    { name: ".yarn/releases/", role: "settings", about: "the program that yarnPath or yarn-path names" },
    { name: ".yarn/plugins/", role: "settings", about: "berry" },
    { name: ".yarn/patches/", role: "sources", about: "berry: what a `patch:` applies" },
    { name: "patches/", role: "sources", about: "where a script runs patch-package" },
  ],
  readsMore: [
    { what: "a lifecycle script of the project", then: "depends", how: "its files are copied where they can be told" },
    { what: "an install script of a dependency", then: "depends", how: "it must be known to leave the project alone" },
    { what: "an archive of the project (`file:*.tgz`)", then: "copied" },
    { what: "a local folder (`file:`, `link:`, `portal:`)", then: "declined" },
    { what: "a workspace member's bin", then: "depends", how: "copied where it is executable already" },
    { what: "a plugin", then: "depends", how: "copied where it is one of Yarn's own that only adds commands" },
    { what: "a cache or a loader in the project (zero-install)", then: "declined", how: "the install writes it anew" },
    {
      what: "an install that may rewrite its lock",
      then: "declined",
      how: "`--frozen-lockfile` or `--immutable` would not let it",
    },
  ],
  installs: ["node_modules", ...BERRY_OUTPUTS],
  caches: [
    ...["/usr/local/share/.cache/yarn", "/usr/share/.cache/yarn"],
    ...["~/.cache/yarn", "~/.yarn/berry/cache", "~/.yarn/berry/metadata", "~/.yarn/berry/index"],
  ],
  // Programs of packages are found without the state of the install.
  intermediates: ["~/.yarnrc", "**/.yarn/install-state.gz"],
  network: "the registry that .npmrc, .yarnrc or .yarnrc.yml names, else the public one",
  builds: [{ command: "yarn build", outputs: ["what the script makes"] }],
  developmentOnly: "`devDependencies` are left out with `--production`, or with `yarn workspaces focus --production`.",
};
