/** What of a PHP project its container needs: Composer's packages, and the sources as they are. */
import { posix } from "node:path";
import { Decline } from "../decline.ts";
import { interpretedApp } from "../interpreted-app.ts";
import { objectOf, parseJson } from "../node/manifest.ts";
import type { BuildWork, BuiltApp } from "../types.ts";

/** `find` is that of `filledBy`. */
export function builtPhpApp(find: (command: BuildWork["commands"][number]) => readonly string[] | undefined) {
  return (work: BuildWork): BuiltApp => {
    const config = objectOf(objectOf(parseJson(work.project.read("composer.json") ?? "{}"))?.config);
    if (config?.["vendor-dir"] !== undefined || config?.["bin-dir"] !== undefined)
      throw new Decline("outputs-unknown", "composer.json says where packages go");
    const places = new Set<string>();
    for (const command of work.commands) {
      const { call, action } = command.invocation;
      const filled = find(command);
      if (!filled) throw new Decline("outputs-unknown", `refit does not know what \`${call.tool} ${action}\` writes`);
      for (const path of filled) places.add(posix.resolve(command.surroundings.cwd ?? "/", path));
    }
    return interpretedApp(work, {
      packages: [...places],
      outputs: [],
      isForBuilds: (path) => FOR_BUILDS.test(path),
      toolchain: ["composer", "npm", "npx", "yarn", "vite"],
      lists: (code) => LISTS.test(code),
      speech: (text) => text.replace(/@vite\([^)]*\)|\bmix\(\s*["'][^"']*["']\s*\)/g, ""),
    });
  };
}

/** What linters and test runners read. Frameworks read composer.json, and some packages composer.lock. */
const FOR_BUILDS =
  /^(phpunit\.xml(\.dist)?|phpstan(-baseline)?\.neon(\.dist)?|psalm\.xml(\.dist)?|rector\.php|\.php-cs-fixer(\.dist)?\.php|\.php_cs(\.dist)?|phpcs\.xml(\.dist)?|\.styleci\.yml|pint\.json|infection\.json5?)$/;

const LISTS =
  /\b(scandir|glob|opendir|DirectoryIterator)\(\s*(["']\.?\/?\*?["']|__DIR__\s*\)|getcwd\(\)|base_path\(\))/;
