/** Gems and packages that are fetched ahead: the install behind leaves the same image, whatever it finds of them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { proveApp } from "../harness/apps.ts";
import { sampled } from "./sampled.ts";
import { sessionHere } from "./session-here.ts";

const session = sessionHere();

interface Case {
  readonly says: string;
  readonly run: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The verdict on the rewritten file, which must have a fetch. */
async function proofOf(base: string, { run, files }: Case, edit: string): Promise<string> {
  const work = mkdtempSync(join(tmpdir(), "refit-fetch-"));
  try {
    const dockerfile = `FROM ${base}\nWORKDIR /app\nCOPY . .\nRUN ${run}\n`;
    for (const [path, text] of Object.entries({ ...files, Dockerfile: dockerfile })) {
      mkdirSync(dirname(join(work, path)), { recursive: true });
      writeFileSync(join(work, path), text);
    }
    const app = { name: "app", folder: work, why: "", edit, dependencies: run };
    const { result, proof } = await proveApp(app, work, session());
    expect(
      result.outcomes.map(({ kind, transform }) => `${kind} ${transform}`),
      JSON.stringify(result.outcomes),
    ).toContain("applied fetch-dependencies");
    return proof.verdict === "kept" ? "kept" : `${proof.verdict} ${JSON.stringify(proof.targets)}`;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

describe("composer install", () => {
  const archive = (name: string, more: object) => ({
    name: `example/${name}`,
    version: "1.0.0",
    dist: { type: "zip", url: `file:///usr/share/package-source/${name}.zip`, reference: name },
    type: "library",
    ...more,
  });
  const greeting = {
    name: "example/greeting",
    version: "1.0.0",
    dist: { type: "path", url: "packages/greeting", reference: "greeting" },
    type: "library",
    bin: ["bin/greet"],
    autoload: { "psr-4": { "Greeting\\": "src/" } },
    "transport-options": { relative: true },
  };
  const manifest = {
    name: "example/app",
    require: { "example/words": "*", "example/greeting": "*" },
    "require-dev": { "example/speller": "*" },
    autoload: { "psr-4": { "App\\": "src/" }, classmap: ["database"], files: ["src/helpers.php"] },
    "autoload-dev": { classmap: ["tests"] },
    scripts: {
      "post-install-cmd": "ls src packages >installed.txt",
      "post-autoload-dump": "cp composer.json dumped.json",
    },
  };
  const files = {
    "composer.json": JSON.stringify(manifest),
    "composer.lock": JSON.stringify({
      "content-hash": "0",
      packages: [
        archive("letters", { autoload: { "psr-4": { "Letters\\": "src/" }, files: ["src/helpers.php"] } }),
        archive("words", { require: { "example/letters": "*" }, autoload: { classmap: ["lib/"] } }),
        greeting,
      ],
      "packages-dev": [archive("speller", { bin: ["bin/speller"] })],
    }),
    "packages/greeting/composer.json": "{}",
    "packages/greeting/bin/greet": "#!/usr/bin/env php\n<?php\n",
    "packages/greeting/src/Greeting.php": "<?php\nnamespace Greeting;\n\nclass Greeting\n{\n}\n",
    "database/Tables.php": "<?php\nclass Tables\n{\n}\n",
    "src/Main.php": "<?php\nnamespace App;\n\nclass Main\n{\n}\n",
    "src/helpers.php": "<?php\n",
    "tests/MainTest.php": "<?php\nclass MainTest\n{\n}\n",
  };
  const copied = { ...files, "composer.lock": files["composer.lock"].replace('"relative":true', '"symlink":false') };
  const elsewhere = { "vendor-dir": "lib/php", "bin-dir": "tools" };

  test.each(
    sampled<Case>([
      { says: "with what is for development", run: "composer install", files },
      { says: "without it", run: "composer install --no-dev", files },
      { says: "optimized", run: "composer install --no-dev -o", files },
      { says: "by an authoritative class map", run: "composer install --no-interaction -a", files },
      { says: "without scripts", run: "composer install --no-scripts", files },
      { says: "of packages that are copied", run: "composer install", files: copied },
      {
        says: "into other folders",
        run: "composer install",
        files: { ...files, "composer.json": JSON.stringify({ ...manifest, config: elsewhere }) },
      },
      {
        says: "with the help of a dump",
        run: "composer install --no-dev && composer dump-autoload --optimize --no-dev",
        files,
      },
    ]),
  )("$says", async (each) => {
    expect(await proofOf("composer:2", each, "src/Main.php")).toBe("kept");
  });
});

describe("bundle install", () => {
  const lock = (platform: string, version = "2.6.7") =>
    `GEM\n  remote: https://gems.example/\n  specs:\n    letters (1.0.0)\n    speller (0.3.0)\n    words (2.1.0)\n      letters (~> 1.0)\n\nPLATFORMS\n  ${platform}\n\nDEPENDENCIES\n  speller\n  words\n\nBUNDLED WITH\n   ${version}\n`;
  const gemfile = 'source "https://gems.example"\n\ngem "words"\ngem "speller", group: :development\n';
  const files = { Gemfile: gemfile, "Gemfile.lock": lock("ruby"), "app.rb": "" };
  const spec =
    'Gem::Specification.new do |spec|\n  spec.name = "speech"\n  spec.version = "1.0"\n  spec.authors = ["Anybody"]\n  spec.summary = "Speech"\n  spec.executables = Dir["bin/*"].map { |path| File.basename(path) }\nend\n';

  test.each(
    sampled<Case>([
      { says: "with a lock in step", run: "bundle install", files },
      {
        says: "with a lock of another platform",
        run: "bundle install",
        files: { ...files, "Gemfile.lock": lock("arm64-darwin-22") },
      },
      {
        says: "with a lock of an older Bundler",
        run: "bundle install",
        files: { ...files, "Gemfile.lock": lock("ruby", "1.17.3") },
      },
      {
        says: "with a lock out of step",
        run: "bundle install",
        files: { ...files, Gemfile: gemfile.replace('"words"', '"words", "~> 2.1"') },
      },
      { says: "without a group", run: "bundle install --without development", files },
      {
        says: "behind packages of the system and settings",
        run: "apt-get install -y bash && bundle config set --local without development && bundle install",
        files,
      },
      { says: "into the project", run: "bundle install --path vendor/bundle --jobs 2", files },
      {
        says: "of gems with programs in the project",
        run: "bundle install",
        files: {
          ...files,
          Gemfile: `${gemfile}gemspec\n`,
          "speech.gemspec": spec,
          "bin/speak": "#!/usr/bin/env ruby\n",
        },
      },
    ]),
  )("$says", async (each) => {
    expect(await proofOf("ruby:3.3", each, "app.rb")).toBe("kept");
  });
});
