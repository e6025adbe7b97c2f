import { within } from "./npm.ts";
import type { Files, Project, Tool } from "./project.ts";

const manifest = (fields: object = {}): Files => ({
  "composer.json": JSON.stringify({
    name: "example/app",
    type: "project",
    require: { "example/words": "^2.0" },
    "require-dev": { "example/speller": "*" },
    ...fields,
  }),
  "src/Main.php": "<?php\nnamespace App;\n\nclass Main\n{\n}\n",
  "src/helpers.php": "<?php\n",
});
const plain = manifest({ autoload: { "psr-4": { "App\\": "src/" }, files: ["src/helpers.php"] } });
const classmap = manifest({ autoload: { classmap: ["src"] } });
const greeting: Files = {
  "packages/greeting/composer.json": '{ "name": "example/greeting", "version": "1.0.0", "bin": ["bin/greet"] }',
  "packages/greeting/bin/greet": "#!/usr/bin/env php\n<?php\n",
  "packages/greeting/src/Greeting.php": "<?php\n",
};
const inFolder = (options: object) =>
  manifest({
    repositories: [{ type: "path", url: "packages/*", options }],
    require: { "example/greeting": "*" },
    autoload: { "psr-4": { "App\\": "src/" } },
  });

const lock = "composer update --no-install --quiet";
const command = "composer install --no-interaction";
const fetch = "composer install --no-scripts --no-autoloader";

const projects: readonly Project[] = [
  { says: "installs by a lock", files: plain, prepare: lock, command },
  { says: "installs without a lock", files: plain, command },
  { says: "leaves development out", files: plain, prepare: lock, command: "composer install --no-dev --prefer-dist" },
  { says: "works in a folder", files: within("api", plain), from: "api", prepare: lock, command },
  {
    says: "works in a folder that is named",
    files: within("api", plain),
    prepare: `cd api && ${lock}`,
    command: "composer install --working-dir=api",
    idle: [[/^composer\.(json|lock)$/, "a path from the folder that it enters, which a trace does not tell"]],
  },
  {
    says: "reads another manifest",
    files: { "composer-next.json": plain["composer.json"]! },
    env: { COMPOSER: "composer-next.json" },
    prepare: lock,
    command,
  },
  {
    says: "reads credentials",
    files: { ...plain, "auth.json": '{ "http-basic": {} }' },
    prepare: lock,
    command,
  },
  {
    says: "puts packages and programs elsewhere",
    files: manifest({ config: { "vendor-dir": "lib/php", "bin-dir": "bin" } }),
    prepare: lock,
    command,
  },
  {
    says: "optimizes an autoloader of packages alone",
    files: manifest(),
    prepare: lock,
    command: "composer install --optimize-autoloader",
  },
  {
    says: "copies a package of the project",
    files: { ...inFolder({ symlink: false }), ...greeting },
    prepare: lock,
    command,
  },
  {
    says: "links a package of the project",
    files: {
      ...inFolder({}),
      ...greeting,
      "packages/greeting/composer.json": '{ "name": "example/greeting", "version": "1.0.0" }',
    },
    prepare: lock,
    command,
  },
  {
    says: "has its home in the project",
    files: plain,
    env: { HOME: "/app" },
    prepare: `HOME=/root ${lock}`,
    command,
  },
  { says: "fetches packages alone", files: classmap, prepare: lock, command: fetch },
  {
    says: "fetches packages alone, with scripts and version control beside",
    files: {
      ...classmap,
      ...manifest({ autoload: { classmap: ["src"] }, scripts: { "post-install-cmd": "cat src/Main.php" } }),
    },
    prepare: lock,
    command: fetch,
  },
  {
    says: "lists the classes of a folder",
    files: classmap,
    prepare: lock,
    command,
    blocked: /lists the classes in src/,
    reads: "src/Main.php",
  },
  {
    says: "lists all classes",
    files: plain,
    prepare: lock,
    command: "composer install -o",
    blocked: /an optimized autoloader lists all classes/,
    reads: "src/Main.php",
  },
  {
    says: "runs a script of the project",
    files: manifest({ scripts: { "post-install-cmd": "cat src/Main.php" } }),
    prepare: lock,
    command,
    blocked: /the post-install-cmd script/,
    reads: "src/Main.php",
  },
  {
    says: "makes programs of the project executable",
    files: { ...inFolder({}), ...greeting },
    prepare: lock,
    command,
    blocked: /makes the programs of packages\/greeting executable/,
    reads: "packages/greeting/bin/greet",
  },
  {
    says: "asks version control",
    files: { ...plain, ".git/HEAD": "ref: refs/heads/main\n" },
    prepare: lock,
    command,
    blocked: /asks .git for the version/,
  },
];

export const composer: Tool = { name: "Composer", base: "composer:2", projects, idle: [] };
