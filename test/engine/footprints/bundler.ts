import { within } from "./npm.ts";
import type { Files, Idle, Project, Tool } from "./project.ts";

const gemfile = (...lines: readonly string[]): Files => ({
  Gemfile: ['source "https://gems.example"', 'gem "words", "~> 2.0"', ...lines, ""].join("\n"),
  "app.rb": "",
});
const plain = gemfile('gem "speller", group: :development');
const spec = (more = "") => `require_relative "lib/speech/version"

Gem::Specification.new do |spec|
  spec.name = "speech"
  spec.version = Speech::VERSION
  spec.authors = ["Anybody"]
  spec.summary = "Speech"
  spec.files = \`git ls-files\`.split("\\n")
  spec.require_paths = ["lib"]
  spec.add_dependency "letters"
${more}end
`;
const speech: Files = {
  "speech.gemspec": spec(),
  "lib/speech/version.rb": 'module Speech\n  VERSION = "1.0.0"\nend\n',
  "lib/speech.rb": "",
};

const lock = "bundle lock";
const command = "bundle install";
const env = { BUNDLE_FROZEN: "1" };
const fetch = "BUNDLE_FROZEN=false bundle install --no-cache";

/** Of gems in folders. */
const searched: Idle = [
  [/(^|\/)(\.git(\/HEAD)?|HEAD)$/, "which files a gem has is asked of git, and of no account here"],
  [
    /^(Dockerfile|LICENSE|Makefile|README\.md|app\.rb|index\.js|server\.js|tsconfig\.json)$/,
    "it could be a folder with a gemspec",
  ],
];

const projects: readonly Project[] = [
  { says: "installs by a frozen lock", files: plain, prepare: lock, command, env },
  { says: "installs without a lock", files: plain, command },
  { says: "installs without a word", files: plain, prepare: lock, command: "bundle", env },
  {
    says: "installs for deployment",
    files: plain,
    prepare: lock,
    command: "bundle install --deployment --without development test --jobs 2",
  },
  { says: "installs into the project", files: plain, prepare: lock, command: "bundle install --path gems", env },
  { says: "works in a folder", files: within("api", plain), from: "api", prepare: lock, command, env },
  {
    says: "reads another Gemfile",
    files: { "Next.gemfile": plain.Gemfile! },
    command: "bundle install --gemfile=Next.gemfile",
  },
  { says: "reads gems.rb", files: { "gems.rb": plain.Gemfile! }, prepare: lock, command, env },
  {
    says: "reads the version that the Gemfile reads",
    files: { ...gemfile('ruby file: ".ruby-version"'), ".ruby-version": ">= 3.1\n" },
    prepare: lock,
    command,
    env,
  },
  {
    says: "reads Gemfiles that the Gemfile evaluates",
    files: {
      ...gemfile('eval_gemfile "gems/common.rb"', 'eval_gemfile "gems/own.rb" if File.exist?("gems/own.rb")'),
      "gems/common.rb": 'gem "letters"\n',
    },
    prepare: lock,
    command,
    env,
  },
  { says: "reads a gemspec", files: { ...gemfile("gemspec"), ...speech }, prepare: lock, command, env, idle: searched },
  {
    says: "reads a gem in a folder",
    files: { ...gemfile('gem "speech", path: "gems/speech"'), ...within("gems/speech", speech) },
    prepare: lock,
    command,
    env,
    idle: searched,
  },
  {
    says: "takes gems of the project",
    files: plain,
    prepare: `mkdir -p vendor/cache && cp /usr/share/gem-source/gems/*.gem vendor/cache/ && ${lock}`,
    command: "bundle install --local",
    env,
  },
  {
    says: "reads settings of the project",
    files: { ...plain, ".bundle/config": '---\nBUNDLE_FROZEN: "true"\n' },
    prepare: lock,
    command,
    env: { BUNDLE_APP_CONFIG: "/opt/bundle", BUNDLE_FROZEN: "1" },
  },
  {
    says: "has its home in the project",
    files: plain,
    prepare: lock,
    command,
    env: { ...env, HOME: "/app", BUNDLE_MIRROR__ALL: "file:///usr/share/gem-source" },
  },
  { says: "fetches what a lock names", files: plain, prepare: lock, command: fetch },
  {
    says: "fetches for a gem with programs, which are not there yet",
    files: { ...gemfile("gemspec"), ...speech, "speech.gemspec": spec('  spec.executables = ["speak"]\n') },
    prepare: lock,
    command: fetch,
    idle: [...searched, [/^bin\/speak$/, "the install behind installs it"]],
  },
  {
    says: "writes a lock anew",
    files: plain,
    prepare: `${lock} && sed -i 's/^  x86_64.*/  arm64-darwin/; /^  ruby$/d' Gemfile.lock`,
    command,
    blocked: /may write Gemfile.lock anew/,
  },
  {
    says: "runs Ruby code",
    files: { ...gemfile('load "app.rb"') },
    prepare: lock,
    command,
    env,
    blocked: /does not follow/,
    reads: "app.rb",
  },
  { says: "keeps a setting", files: plain, command: "bundle config set --local deployment true" },
  {
    says: "installs a gem by its name",
    files: plain,
    prepare: "printf -- '---\\n:sources:\\n- file:///usr/share/gem-source\\n' >/root/.gemrc",
    command: "gem install words --no-document",
  },
];

export const bundler: Tool = {
  name: "Bundler",
  base: "ruby:3.3",
  projects,
  idle: [[/(^|\/)(enumerator\.so|thread\.rb|fiber\.so)$/, "Ruby asks where what it has built in would be"]],
};
