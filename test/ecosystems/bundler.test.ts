import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { fetchFor, footprintOf, isGemLeftover, workingFolderOf } from "../../src/ecosystems/index.ts";
import { inputsOf, invocationOf, type Place } from "./calls.ts";

const gemfile = 'source "https://gems.example"\ngem "words", "~> 2.0"\n';
const plain = { Gemfile: gemfile, "app.rb": "" };
const locked = { ...plain, "Gemfile.lock": "GEM\n" };
const FROZEN = { BUNDLE_FROZEN: "1" };
const base = "ruby:3.3";

const inputs = (script: string, files: Readonly<Record<string, string>>, place: Place = {}) =>
  inputsOf(script, files, { base, ...place });

function fetchOf(script: string, files: Readonly<Record<string, string>>, place: Place = {}) {
  const surroundings = { cwd: "/app", env: new Map(Object.entries(place.env ?? {})), base: place.base ?? base };
  return fetchFor(invocationOf(script)!, memoryContext(files), "", surroundings);
}

/** What a frozen install reads besides its lock, with this Gemfile. */
function readsOf(text: string, more: Readonly<Record<string, string>> = {}) {
  const answer = inputs("bundle install", { ...locked, Gemfile: text, ...more }, { env: FROZEN });
  return "blocked" in answer ? answer.blocked : answer.files.filter((file) => !/^Gemfile(\.lock)?$/.test(file));
}

describe("bundle install", () => {
  test.each([
    "bundle install",
    "bundle",
    "bundler install --jobs 4 --retry=3",
    "bundle install -j4 --quiet",
    "bundle i",
  ])("%s reads the Gemfile and writes a lock where there is none", (script) => {
    expect(inputs(script, plain)).toEqual({
      files: ["Gemfile"],
      writes: ["vendor/bundle", "Gemfile.lock"],
      fills: ["vendor/cache"],
    });
  });

  test("leaves a frozen lock alone, however it is frozen", () => {
    const answer = { files: ["Gemfile", "Gemfile.lock"], writes: ["vendor/bundle"], fills: ["vendor/cache"] };
    expect(inputs("bundle install", locked, { env: FROZEN })).toEqual(answer);
    expect(inputs("bundle install", locked, { env: { BUNDLE_DEPLOYMENT: "true" } })).toEqual(answer);
    expect(inputs("bundle install --deployment --without development test --jobs 4", locked)).toEqual(answer);
    expect(inputs("bundle install --frozen", locked)).toEqual(answer);
    expect(inputs("bundle install", locked, { env: { BUNDLE_FROZEN: "false" } })).toHaveProperty("blocked");
  });

  test("keeps its options beside the project where no official image keeps them elsewhere", () => {
    const script = "bundle install --deployment --path=gems";
    expect(inputs(script, locked, { base: "debian:trixie" })).toEqual({
      files: ["Gemfile", "Gemfile.lock"],
      writes: ["vendor/bundle", "gems", ".bundle"],
      fills: ["vendor/cache"],
    });
    const files = { ...locked, ".bundle/config": '---\nBUNDLE_FROZEN: "true"\n' };
    expect(inputs("bundle install", files, { base: "debian:trixie" })).toMatchObject({
      files: ["Gemfile", "Gemfile.lock", ".bundle/config"],
    });
    expect(inputs(script, files, { base: "debian:trixie" })).toHaveProperty("blocked");
    expect(inputs("bundle install", files)).toHaveProperty("blocked");
  });

  test("takes gems of the project along", () => {
    const files = { ...locked, "vendor/cache/words-2.1.0.gem": "" };
    expect(inputs("bundle install --local", files, { env: FROZEN })).toEqual({
      files: ["Gemfile", "Gemfile.lock", "vendor/cache/words-2.1.0.gem"],
      writes: ["vendor/bundle"],
      fills: [],
    });
  });

  test("reads what a version manager reads, unless the image has none", () => {
    const files = { ...locked, ".ruby-version": "3.3.0\n", ".tool-versions": "ruby 3.3.0\n" };
    expect(inputs("bundle install", files, { env: FROZEN })).toMatchObject({ files: ["Gemfile", "Gemfile.lock"] });
    expect(inputs("bundle install", files, { env: FROZEN, base: "company/rbenv" })).toMatchObject({
      files: ["Gemfile", "Gemfile.lock", ".ruby-version", ".tool-versions"],
    });
  });

  test("fills a cache that is there, and no folder of the project where BUNDLE_PATH names another", () => {
    const env = { ...FROZEN, BUNDLE_PATH: "/gems" };
    expect(inputs("bundle install", locked, { env })).toMatchObject({ writes: [] });
    const cached = { ...locked, "vendor/cache/words-2.1.0.gem": "" };
    expect(inputs("bundle install", cached, { env })).toMatchObject({ writes: [] });
    const free = { env: { BUNDLE_PATH: "/gems" } };
    expect(inputs("bundle install", { ...plain, "vendor/cache/words-2.1.0.gem": "" }, free)).toMatchObject({
      writes: ["vendor/cache", "Gemfile.lock"],
    });
  });

  test("works with another Gemfile", () => {
    const files = { "gems.rb": gemfile, "gems.locked": "GEM\n", "Next.gemfile": gemfile };
    expect(inputs("bundle install", files, { env: FROZEN })).toMatchObject({ files: ["gems.rb", "gems.locked"] });
    expect(inputs("bundle install --gemfile=Next.gemfile", files)).toMatchObject({
      files: ["Next.gemfile", "gems.rb"],
      writes: ["vendor/bundle", "Next.gemfile.lock"],
    });
    const env = { BUNDLE_GEMFILE: "/app/Next.gemfile" };
    expect(inputs("bundle install", files, { env })).toMatchObject({ files: ["Next.gemfile", "gems.rb"] });
    expect(workingFolderOf(invocationOf("bundle install --gemfile api/Gemfile")!, "/app")).toBe("/app/api");
  });

  const declines: readonly (readonly [
    why: string,
    script: string,
    files: Record<string, string>,
    place: Place,
    said: RegExp,
  ])[] = [
    ["a lock that is not frozen", "bundle install", locked, {}, /may write Gemfile.lock anew; `BUNDLE_FROZEN=1`/],
    ["an update", "bundle update", locked, {}, /bundle update changes Gemfile.lock/],
    ["no Gemfile", "bundle install", { "app.rb": "" }, {}, /has no Gemfile/],
    ["two Gemfiles", "bundle install", { ...plain, "gems.rb": "" }, {}, /both Gemfile and gems.rb/],
    ["programs for all gems", "bundle install --binstubs", plain, {}, /the option --binstubs/],
    [
      "a Gemfile elsewhere",
      "bundle install",
      plain,
      { env: { BUNDLE_GEMFILE: "/srv/Gemfile" } },
      /a Gemfile elsewhere/,
    ],
    ["a local checkout", "bundle install", plain, { env: { BUNDLE_LOCAL__WORDS: "words" } }, /BUNDLE_LOCAL__WORDS/],
    ["code that Ruby loads", "bundle install", plain, { env: { RUBYOPT: "-r./app" } }, /RUBYOPT/],
    [
      "gems in the project",
      "bundle install",
      plain,
      { env: { GEM_HOME: "/app/gems" } },
      /GEM_HOME may lead into the project/,
    ],
    [
      "installed gems",
      "bundle install",
      { ...plain, "vendor/bundle/ruby/3.3.0/gems/x/x.rb": "" },
      {},
      /holds vendor\/bundle/,
    ],
    [
      "a package beside it",
      "bundle install",
      { ...plain, "bundler-2.0.0.gem": "" },
      {},
      /bundler-2.0.0.gem may be installed/,
    ],
    ["a plugin", "bundle install", { ...plain, ".bundle/plugin/index": "" }, {}, /holds plugins/],
    [
      "plugins of RubyGems",
      "bundle install",
      { Gemfile: "gemspec\n", "x.gemspec": "", "lib/rubygems_plugin.rb": "" },
      {},
      /runs when gems are installed/,
    ],
    [
      "a link in the place of gems",
      "bundle install",
      { ...plain, "vendor/cache": "" },
      {},
      /vendor\/cache is no folder/,
    ],
    ["an option of the shell", "bundle install -j$(cat jobs)", plain, {}, /known to the shell/],
  ];

  test.each(declines)("is blocked by %s", (_, script, files, place, said) => {
    const answer = inputs(script, files, place);
    expect("blocked" in answer && answer.blocked).toMatch(said);
  });
});

describe("a Gemfile", () => {
  test("of plain statements leads nowhere", () => {
    const text = `# frozen_string_literal: true
source "https://gems.example" # gems, File.read("x")
git_source(:github) { |repo| "https://git.example/#{repo}.git" }

ruby "~> 3.3"
rails_version = ENV.fetch("RAILS_VERSION", "7.2")
gem "railties", "~> #{ENV.fetch("RAILS_VERSION", "7.2")}", "#{ENV["LOAD"]}"
gem "rails", "~> #{rails_version}"
gem 'git'
gem 'tzinfo-data', platforms: %i[ mingw mswin x64_mingw jruby ]
gem "bootsnap", ">= 1.4.4",
  require: false
group :development, :test do
  gem "debug", :git => 'https://git.example/debug.git', branch: "main"
end
if RUBY_VERSION >= "3.4" && Gem::Version.new(RUBY_VERSION) < Gem::Version.new("4")
  gem "csv"
end
gem "tiny", install_if: -> { RUBY_PLATFORM =~ /linux/ }
source "https://more.example" do
  gem "secret"
end
`;
    expect(readsOf(text)).toEqual([]);
  });

  test.each([
    ['ruby file: ".ruby-version"', ".ruby-version"],
    ['ruby File.read(".ruby-version").strip', ".ruby-version"],
    ["ruby File.read(File.expand_path('.ruby-version', __dir__)).chomp", ".ruby-version"],
    ["ruby File.read(File.expand_path('../.ruby-version', __FILE__)).chomp", ".ruby-version"],
    ['ruby IO.read("#{__dir__}/.ruby-version")', ".ruby-version"],
    ['ruby "~> #{File.read(".ruby-version").strip}"', ".ruby-version"],
    ['ruby file: ".tool-versions"', ".tool-versions"],
    ['eval_gemfile "gemfiles/common.rb"', "gemfiles/common.rb"],
    ['eval_gemfile File.join(__dir__, "gemfiles", "common.rb")', "gemfiles/common.rb"],
    ['instance_eval File.read("gemfiles/common.rb")', "gemfiles/common.rb"],
    ['eval_gemfile "gemfiles/common.rb" if File.exist?("gemfiles/common.rb")', "gemfiles/common.rb"],
    ['eval_gemfile "local.rb" if File.exist?("local.rb")', undefined],
    ['require_relative "gemfiles/versions"', "gemfiles/versions.rb"],
    ['require "json"', undefined],
  ])("%s", (line, file) => {
    const more = {
      ".ruby-version": "3.3\n",
      ".tool-versions": "ruby 3.3\n",
      "gemfiles/common.rb": 'gem "letters"\n',
      "gemfiles/versions.rb": 'LETTERS = "1.0"\n',
    };
    expect(readsOf(`${gemfile}${line}\n`, more)).toEqual(file === undefined ? [] : [file]);
  });

  test.each([
    "gem 'x', path: File.read('where')",
    "gem 'x', path: '../x'",
    "gem 'x', path: where",
    "gem 'x', git: '../x'",
    "gem 'x', '1.0', path: 'nothing/here'",
    "eval_gemfile 'nothing.rb'",
    "Dir.glob('plugins/*/Gemfile') { |file| eval_gemfile file }",
    "eval File.read(name)",
    "version = `git describe`",
    'ruby "~> #{`cat .ruby-version`.chomp}"',
    'ruby "~> #{`cat .ruby-version`.chomp.tr("ruby-", "")}"',
    'gem "x", "#{%x(git describe)}"',
    'gem "x", "#{name("a" + File.read("b"))}"',
    'gem "x", "#{[1].map { |each| "#{File.read("b")}" }}"',
    "plugin 'bundler-more'",
    "load 'tasks.rb'",
    "YAML.load_file('config.yml')",
    "require_relative 'nothing'",
    "ruby File.read('.nothing')",
    "source 'file:///gems'",
    'gem "x", "#{File.read(name)}"',
    "Settings.gems.each { |name| gem name }",
    "send(:eval_gemfile, 'x')",
  ])("%s is not followed", (line) => {
    expect(readsOf(`${gemfile}${line}\n`)).toEqual(expect.stringMatching(/Gemfile/));
  });
});

describe("a gem in a folder", () => {
  const version = 'module Words\n  VERSION = "1.0.0"\nend\n';
  const spec = (more = "", start = 'require_relative "lib/words/version"') => `# frozen_string_literal: true
${start}

Gem::Specification.new do |spec|
  spec.name = "words"
  spec.version = Words::VERSION
  spec.authors = ["Anybody"]
  spec.summary = "Words"
  spec.metadata["source_code_uri"] = spec.homepage
  spec.files = Dir.chdir(__dir__) do
    \`git ls-files -z\`.split("\\x0").reject { |file| file.start_with?("test/", ".git") }
  end
  spec.require_paths = ["lib"]
  spec.add_dependency "letters", "~> 1.0"
${more}end
`;
  const files = { "words.gemspec": spec(), "lib/words/version.rb": version, "lib/words.rb": "" };

  test("is its gemspec, and the version that it requires", () => {
    expect(readsOf(`${gemfile}gemspec\n`, files)).toEqual(["words.gemspec", "lib/words/version.rb"]);
    const inFolder = Object.fromEntries(Object.entries(files).map(([path, text]) => [`gems/words/${path}`, text]));
    const expected = ["gems/words/words.gemspec", "gems/words/lib/words/version.rb"];
    expect(readsOf('gem "words", path: "gems/words"\n', inFolder)).toEqual(expected);
    expect(readsOf('gem "words", :path => "./gems"\n', inFolder)).toEqual(expected);
    expect(readsOf('path "gems" do\n  gem "words"\nend\n', inFolder)).toEqual(expected);
    expect(readsOf('gemspec path: "gems/words", development_group: :dev\n', inFolder)).toEqual(expected);
  });

  test.each([
    'lib = File.expand_path("../lib", __FILE__)\n$LOAD_PATH.unshift(lib) unless $LOAD_PATH.include?(lib)\nrequire "words/version"',
    '$:.push File.expand_path("lib", __dir__)\nrequire "words/version"',
    "require File.expand_path('../lib/words/version', __FILE__)",
    "require File.join(File.dirname(__FILE__), 'lib', 'words', 'version')",
  ])("finds its version: %s", (start) => {
    expect(readsOf("gemspec\n", { ...files, "words.gemspec": spec("", start) })).toEqual([
      "words.gemspec",
      "lib/words/version.rb",
    ]);
  });

  test("lists what is there", () => {
    const lists = '  spec.test_files = Dir["test/**/*"] + Dir.glob("spec/*").select { |path| File.file?(path) }\n';
    const own = '  spec.files += Dir.chdir(File.expand_path(__dir__)) { Dir.glob("{lib}/**/*") }\n';
    expect(readsOf("gemspec\n", { ...files, "words.gemspec": spec(lists + own) })).toContain("words.gemspec");
  });

  test("reads a version of its own", () => {
    const start = 'VERSION_TEXT = File.read(File.expand_path("VERSION", __dir__)).strip';
    const all = { "words.gemspec": spec("", start), VERSION: "1.0.0\n" };
    expect(readsOf("gemspec\n", all)).toEqual(["words.gemspec", "VERSION"]);
  });

  test.each([
    [
      "programs",
      "  spec.executables = spec.files.grep(%r{\\Aexe/}) { |file| File.basename(file) }\n",
      /makes the programs of words.gemspec/,
    ],
    ["extensions", '  spec.extensions = ["ext/words/extconf.rb"]\n', /words.gemspec has extensions/],
    ["code of its own", "  spec.description = Words.describe(File.read(name))\n", /does not follow/],
    [
      "programs in a folder",
      '  spec.executables = Dir.children("bin")\n',
      /`spec.executables = Dir.children\("bin"\)` of words.g/,
    ],
    ["files of a list", '  spec.test_files = File.readlines("Manifest").map(&:strip)\n', /does not follow/],
    ["files of a folder", '  spec.rdoc_options = Dir.chdir("doc") { Dir["*"] }\n', /does not follow/],
  ])("is blocked by %s", (_, more, said) => {
    expect(readsOf("gemspec\n", { ...files, "words.gemspec": spec(more) })).toEqual(expect.stringMatching(said));
  });
});

describe("gems fetched ahead of bundle install", () => {
  const command = "BUNDLE_FROZEN=false bundle install --no-cache";

  test.each([
    ["bundle install", command],
    ["bundle", command],
    ["bundle install --jobs $(nproc) --retry 3", "BUNDLE_FROZEN=false bundle install --retry 3 --no-cache"],
    ["bundle install -j$(nproc)", command],
    ['bundle install --jobs="$(nproc)"', command],
    [
      "bundle install --without development test -j 4",
      "BUNDLE_FROZEN=false bundle install --without development test --no-cache",
    ],
  ])("%s", (script, expected) => {
    expect(fetchOf(script, locked)).toEqual({ command: expected });
    const answer = inputs(expected, locked);
    expect(answer).toMatchObject({ files: ["Gemfile", "Gemfile.lock"] });
    expect("fetched" in answer && answer.fetched).toContain("/usr/local/bundle");
  });

  test("goes where the gems go", () => {
    const env = { BUNDLE_PATH: "/gems" };
    expect(fetchOf("bundle install", locked, { env, base: "debian:trixie" })).toEqual({ command });
    expect(inputs(command, locked, { env, base: "debian:trixie" })).toMatchObject({
      fetched: expect.arrayContaining(["/gems"]),
    });
    expect(inputs(command, locked, { base: "debian:trixie" })).toMatchObject({
      fetched: expect.arrayContaining(["/var/lib/gems", "/usr/local/bin"]),
    });
  });

  test("not where the install can be ordered, nor where the Gemfile is not followed", () => {
    expect(fetchOf("bundle install", plain)).toBeUndefined();
    expect(fetchOf("bundle install", locked, { env: FROZEN })).toBeUndefined();
    expect(fetchOf("bundle update", locked)).toBeUndefined();
    expect(fetchOf("bundle install", { ...locked, Gemfile: "load 'x'" })).toHaveProperty("blocked");
  });
});

test("bundle config writes where an official image keeps it", () => {
  const footprint = (script: string, on = base) =>
    footprintOf(invocationOf(script)!, { cwd: "/app", env: new Map(), base: on });
  const local = footprint("bundle config set --local deployment true");
  expect(local?.writes).toEqual(["/root/.bundle", "/usr/local/bundle/config"]);
  expect(local?.lookedFor).toContain("/app/Gemfile.lock");
  expect(footprint("bundle config --global frozen 1")).toBeDefined();
  expect(footprint("bundle config frozen 1", "debian:trixie")).toBeUndefined();
  expect(footprint("bundle install")).toBeUndefined();
});

test("gem install works on the system, unless it is given a package", () => {
  const footprint = (script: string) => footprintOf(invocationOf(script)!, { cwd: "/app", env: new Map(), base });
  expect(footprint("gem install bundler -v 2.4.22 --no-document")?.writes).toContain("/usr/local/bundle");
  expect(footprint("gem install words-1.0.0.gem")).toBeUndefined();
  expect(footprint("gem install --install-dir vendor words")).toBeUndefined();
  expect(footprint("gem build")).toBeUndefined();
});

test.each([
  ["~/.bundle/", true],
  ["/root/.bundle/cache", true],
  ['"${BUNDLE_PATH}"/ruby/*/cache', true],
  ['"${BUNDLE_PATH}"/ruby/*/bundler/gems/*/.git', true],
  ["$GEM_HOME/cache/*.gem", true],
  ["/usr/local/bundle/ruby/3.3.0/cache", true],
  ["~/.bundle/config", false],
  ['"${BUNDLE_PATH}"', false],
  ['"${BUNDLE_PATH}"/ruby/*/gems', false],
  ["$CACHE/cache", false],
])("gems leave %s, which no app reads: %s", (raw, expected) => {
  expect(isGemLeftover(raw)).toBe(expected);
});
