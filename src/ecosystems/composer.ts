import { subcommands } from "./subcommands.ts";

/** PHP's Composer. */
export const composer = subcommands({
  name: "composer",
  commands: ["composer", "composer.phar"],
  purposes: {
    dependencies: ["install", "i", "update", "u", "require"],
    system: ["global require", "self-update"],
    build: ["dump-autoload", "dumpautoload", "run-script", "run", "exec"],
    files: ["config"],
    clean: ["clear-cache", "clearcache"],
  },
  valued: ["-d", "--working-dir"],
});
