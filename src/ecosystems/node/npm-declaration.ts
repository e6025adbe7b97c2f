/** What is known of npm. */
import type { Declaration } from "../types.ts";

export const NPM: Declaration = {
  title: "npm",
  files: [
    { name: "package.json", role: "manifest", about: "of the project and of each workspace member" },
    { name: "package-lock.json", role: "lock", about: "from npm 5 on" },
    { name: "npm-shrinkwrap.json", role: "lock", about: "comes before package-lock.json" },
    { name: "yarn.lock", role: "lock", about: "which npm 7 and newer keep up to date" },
    { name: ".npmrc", role: "settings" },
    { name: "patches/", role: "sources", about: "where a script runs patch-package" },
    { name: "prisma/schema.prisma", role: "sources", about: "where a script runs prisma generate" },
  ],
  readsMore: [
    { what: "a lifecycle script of the project", then: "depends", how: "its files are copied where they can be told" },
    { what: "an install script of a dependency", then: "depends", how: "it must be known to leave the project alone" },
    { what: "an archive of the project (`file:*.tgz`)", then: "copied" },
    { what: "a local folder (`file:`)", then: "declined" },
    { what: "a workspace member's bin", then: "depends", how: "copied where it is executable already" },
    { what: "an install that may rewrite its lock", then: "declined", how: "`npm ci` would not" },
    { what: "a setting that leads elsewhere (`cafile`, `prefix`)", then: "declined" },
  ],
  installs: ["node_modules"],
  // The last ones are code that Node compiled, for programs that ask it to keep that (pnpm, Yarn).
  caches: ["~/.npm/_cacache", "~/.npm/_logs", "/tmp/v8-compile-cache-*", "/tmp/node-compile-cache"],
  intermediates: [
    ...["~/.npm", "**/*.tsbuildinfo", "**/.next/cache", "**/node_modules/.cache", "**/.turbo", "**/.parcel-cache"],
    ...["**/.angular/cache", "**/.nx/cache", "**/next-env.d.ts", "**/.nuxt", "**/.svelte-kit", "**/.astro"],
    ...["**/node_modules/.vite", "**/node_modules/.vite-temp", "**/node_modules/.astro", "~/.config/astro"],
    ...["Cypress", "next-swc", "node-gyp", "turbo", "typescript"].map((name) => `~/.cache/${name}`),
  ],
  network: "the registry that .npmrc names, else the public one, and addresses in package.json",
  builds: [{ command: "npm run build", outputs: ["what the script makes"] }],
  developmentOnly: "`devDependencies` are left out with `--omit=dev`, `--production` or `NODE_ENV=production`.",
};
