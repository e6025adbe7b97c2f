import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { fetchFor, workingFolderOf } from "../../src/ecosystems/index.ts";
import { inputsOf, invocationOf, type Place } from "./calls.ts";

const manifest = (fields: object = {}) => JSON.stringify({ name: "example/app", type: "project", ...fields });
const lock = (packages: readonly object[] = [], dev: readonly object[] = []) =>
  JSON.stringify({ packages, "packages-dev": dev });
const letters = {
  name: "example/letters",
  version: "1.0.0",
  dist: { type: "zip", url: "https://packages.example/letters.zip" },
};
const inFolder = (more: object = {}) => ({
  name: "example/words",
  version: "1.0.0",
  dist: { type: "path", url: "packages/words" },
  ...more,
});
const plugin = (name: string) => ({ ...letters, name, type: "composer-plugin" });

const plain = {
  "composer.json": manifest({ autoload: { "psr-4": { "App\\": "src/" }, files: ["src/helpers.php"] } }),
  "composer.lock": lock([letters]),
  "src/Main.php": "",
  "src/helpers.php": "",
};
const classmap = { ...plain, "composer.json": manifest({ autoload: { classmap: ["src"] } }) };
const words = { "packages/words/composer.json": "{}", "packages/words/src/Word.php": "" };

const base = "php:8.4-cli";
const inputs = (script: string, files: Readonly<Record<string, string>>, place: Place = {}) =>
  inputsOf(script, files, { base, ...place });

function fetchOf(script: string, files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  const surroundings = { cwd: "/app", env: new Map(Object.entries(env)), base };
  return fetchFor(invocationOf(script)!, memoryContext(files), "", surroundings);
}

describe("composer install", () => {
  test("needs manifest and lock where the autoloader names folders alone", () => {
    const answer = { files: ["composer.json", "composer.lock"], writes: ["vendor"] };
    expect(inputs("composer install", plain)).toEqual(answer);
    expect(inputs("composer install --no-dev --prefer-dist -nq", plain)).toEqual(answer);
    expect(inputs("php -d memory_limit=-1 /usr/bin/composer install", plain)).toEqual(answer);
  });

  test("needs credentials, and the Composer that the project brings", () => {
    const files = { ...plain, "auth.json": "{}", "composer.phar": "" };
    expect(inputs("php composer.phar install", files)).toMatchObject({
      files: ["composer.json", "composer.lock", "auth.json", "composer.phar"],
    });
  });

  test("works where -d says", () => {
    expect(workingFolderOf(invocationOf("composer install -d api")!, "/app")).toBe("/app/api");
    expect(workingFolderOf(invocationOf("composer --working-dir=/srv install")!, "/app")).toBe("/srv");
    expect(workingFolderOf(invocationOf("php -d a=b composer.phar install")!, "/app")).toBe("/app");
  });

  test("reads another manifest when it is told so", () => {
    const files = { "composer-next.json": manifest(), "composer-next.lock": lock() };
    const expected = { files: ["composer-next.json", "composer-next.lock"] };
    expect(inputs("composer install", files, { env: { COMPOSER: "composer-next.json" } })).toMatchObject(expected);
    expect(inputs("COMPOSER=composer-next.json composer install", files)).toMatchObject(expected);
  });

  test("writes the lock where there is none", () => {
    const { "composer.lock": _, ...files } = plain;
    expect(inputs("composer install", files)).toEqual({
      files: ["composer.json"],
      writes: ["vendor", "composer.lock"],
    });
  });

  test("writes programs where the manifest says", () => {
    const files = {
      "composer.json": manifest({ config: { "vendor-dir": "lib/", "bin-dir": "bin" } }),
      "composer.lock": lock([{ ...letters, bin: ["exe/letters"] }]),
      "bin/console": "",
    };
    expect(inputs("composer install", files)).toMatchObject({ writes: ["lib", "bin/letters"] });
  });

  test("needs one file of a package that it links, and all of one that it copies", () => {
    const files = { ...plain, ...words, "composer.lock": lock([inFolder()]) };
    expect(inputs("composer install", files)).toMatchObject({
      files: ["composer.json", "composer.lock", "packages/words/composer.json"],
    });
    const all = { files: ["composer.json", "composer.lock", ...Object.keys(words)] };
    expect(inputs("composer install", files, { env: { COMPOSER_MIRROR_PATH_REPOS: "1" } })).toMatchObject(all);
    const copied = { ...files, "composer.lock": lock([inFolder({ "transport-options": { symlink: false } })]) };
    expect(inputs("composer install", copied)).toMatchObject(all);
  });

  test("needs an archive of the project", () => {
    const archive = { ...letters, dist: { type: "zip", url: "artifacts/letters.zip" } };
    const files = { ...plain, "composer.lock": lock([archive]), "artifacts/letters.zip": "" };
    expect(inputs("composer install", files)).toMatchObject({
      files: ["composer.json", "composer.lock", "artifacts/letters.zip"],
    });
  });

  test("leaves known plugins their work", () => {
    const installers = {
      "composer.json": manifest({
        extra: { "installer-paths": { "web/modules/contrib/{$name}": ["type:drupal-module"] } },
      }),
      "composer.lock": lock([plugin("composer/installers"), { ...letters, type: "drupal-module" }]),
    };
    expect(inputs("composer install", installers)).toMatchObject({ writes: ["vendor", "web/modules/contrib"] });
    const inTheWay = { ...installers, "web/modules/contrib/own/own.module": "" };
    expect(inputs("composer install", inTheWay)).toHaveProperty("blocked");
    const nowhere = { ...installers, "composer.json": manifest() };
    expect(inputs("composer install", nowhere)).toEqual({
      blocked: "composer.json does not say plainly where example/letters of type drupal-module is installed",
    });
  });

  test("an optimized autoloader over packages alone reads no sources", () => {
    const files = { ...plain, "composer.json": manifest() };
    expect(inputs("composer install -o", files)).toHaveProperty("files");
    expect(
      inputs("composer install --no-dev", {
        ...plain,
        "composer.json": manifest({ "autoload-dev": { classmap: ["tests"] } }),
      }),
    ).toHaveProperty("files");
  });

  const declines: readonly (readonly [why: string, script: string, files: Record<string, string>, said: RegExp])[] = [
    ["a classmap", "composer install", classmap, /the autoloader of composer.json lists the classes in src/],
    ["an optimized autoloader", "composer install -o", plain, /an optimized autoloader lists all classes/],
    ["an authoritative class map", "composer install -na", plain, /an optimized autoloader/],
    [
      "an optimized autoloader by the manifest",
      "composer install",
      {
        ...plain,
        "composer.json": manifest({ config: { "optimize-autoloader": true }, autoload: { "psr-4": { "": ["src"] } } }),
      },
      /an optimized autoloader/,
    ],
    [
      "a script",
      "composer install",
      { ...plain, "composer.json": manifest({ scripts: { "post-install-cmd": ["@php artisan optimize"] } }) },
      /the post-install-cmd script of composer.json/,
    ],
    [
      "a plugin",
      "composer install",
      { ...plain, "composer.lock": lock([plugin("example/plugin")]) },
      /the plugin example\/plugin/,
    ],
    ["version control", "composer install", { ...plain, ".git/HEAD": "" }, /composer asks .git for the version/],
    [
      "packages in the context",
      "composer install",
      { ...plain, "vendor/autoload.php": "" },
      /the build context holds vendor/,
    ],
    [
      "the program of a linked package",
      "composer install",
      { ...plain, ...words, "composer.lock": lock([inFolder({ bin: ["bin/word"] })]) },
      /makes the programs of packages\/words executable/,
    ],
    [
      "the class map of a linked package",
      "composer install",
      { ...plain, ...words, "composer.lock": lock([inFolder({ autoload: { classmap: ["src"] } })]) },
      /the autoloader of example\/words lists/,
    ],
    [
      "a package elsewhere",
      "composer install",
      { ...plain, "composer.lock": lock([{ ...letters, dist: { type: "path", url: "../words" } }]) },
      /takes example\/letters from a path/,
    ],
    [
      "packages in folders without a lock",
      "composer install",
      { "composer.json": manifest({ repositories: [{ type: "path", url: "packages/*" }] }) },
      /has packages in folders/,
    ],
    [
      "a lock that can't be read",
      "composer install",
      { ...plain, "composer.lock": "<<<<" },
      /composer.lock can't be read/,
    ],
    ["no manifest", "composer install", { "src/Main.php": "" }, /has no composer.json/],
    ["an option that nobody knows", "composer install --from=elsewhere", plain, /the option --from/],
    ["names of packages", "composer install example/letters", plain, /names example\/letters/],
    ["composer update", "composer update", plain, /composer update changes/],
    ["composer require", "composer require example/letters", plain, /composer require changes/],
  ];

  test.each(declines)("is blocked by %s", (_, script, files, said) => {
    const answer = inputs(script, files);
    expect("blocked" in answer && answer.blocked).toMatch(said);
  });

  test("the environment may lead elsewhere", () => {
    expect(inputs("composer install", plain, { env: { COMPOSER_HOME: "/app/.composer" } })).toHaveProperty("blocked");
    expect(inputs("composer install", plain, { env: { COMPOSER_HOME: "/tmp" } })).toHaveProperty("files");
    expect(inputs("composer install", plain, { env: { COMPOSER_UNHEARD_OF: "1" } })).toHaveProperty("blocked");
  });
});

describe("packages fetched ahead of composer install", () => {
  test.each([
    ["composer install", "composer install --no-scripts --no-autoloader"],
    ["composer install --no-dev -o --no-scripts", "composer install --no-dev --no-scripts --no-autoloader"],
    ["composer i -n --classmap-authoritative", "composer i -n --no-scripts --no-autoloader"],
    ["php composer.phar install", "php composer.phar install --no-scripts --no-autoloader"],
    ["composer install --ignore-platform-req=ext-*", undefined],
  ])("%s", (script, command) => {
    expect(fetchOf(script, classmap)).toEqual(command === undefined ? { blocked: expect.any(String) } : { command });
  });

  test("the fetch reads manifests and writes packages", () => {
    const answer = inputs("composer install --no-scripts --no-autoloader", classmap);
    expect(answer).toMatchObject({ files: ["composer.json", "composer.lock"], writes: [] });
    expect("fetched" in answer && answer.fetched).toContain("vendor");
  });

  test("a version that is asked of version control is left to the install behind", () => {
    const files = { ...plain, ".git/HEAD": "" };
    const command = "COMPOSER_FUND=0 composer install --no-scripts --no-autoloader";
    expect(fetchOf("composer install", files)).toEqual({ command });
    expect(inputs(command, files)).toHaveProperty("fetched");
    expect(inputs("composer install --no-scripts --no-autoloader", files)).toHaveProperty("blocked");
  });

  test.each([
    ["a script for each package", { scripts: { "post-package-install": ["Example\\Hook::run"] } }],
    ["a script before", { scripts: { "pre-install-cmd": "rm -rf vendor" } }],
  ])("not with %s", (_, fields) => {
    const files = { ...plain, "composer.json": manifest(fields) };
    expect(fetchOf("composer install", files)).toHaveProperty("blocked");
    expect(fetchOf("composer install --no-scripts", files)).toHaveProperty("command");
  });

  test("not without a lock, with a plugin, or for a package that asks for the project", () => {
    const { "composer.lock": _, ...files } = plain;
    expect(fetchOf("composer install", files)).toHaveProperty("blocked");
    expect(fetchOf("composer install", { ...files, "composer.lock": lock([plugin("example/plugin")]) })).toHaveProperty(
      "blocked",
    );
    const asking = { ...letters, require: { "example/app": "*" } };
    expect(fetchOf("composer install", { ...files, "composer.lock": lock([asking]) })).toHaveProperty("blocked");
  });

  test("nothing is fetched for other commands", () => {
    expect(fetchOf("composer dump-autoload -o", plain)).toBeUndefined();
    expect(fetchOf("composer update", plain)).toHaveProperty("blocked");
  });
});
