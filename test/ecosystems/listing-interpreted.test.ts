import { expect, test } from "vitest";
import { listsFolders as listsInPhp } from "../../src/ecosystems/php/listing.ts";
import { listsFolders as listsInRuby } from "../../src/ecosystems/ruby/listing.ts";

test.each([
  'Dir.glob("*")',
  'Dir["./*.md"]',
  "Dir.children(Rails.root)",
  "Dir.entries(__dir__)",
  'Dir.glob(Rails.root.join("**", "*.svg"))',
  'Dir[File.join(__dir__, "*.rb")]',
  'Dir["#{Rails.root}/*.md"]',
  'Rails.root.glob("**/*.svg")',
  "Rails.root.join(name)",
  'Dir.each_child(File.expand_path("..", __FILE__))',
  "Dir.children(File.dirname(__FILE__))",
  "File.read(File.join(settings.root, params[:page]))",
  "File.read(File.expand_path(page, __dir__))",
])("Ruby may read anything: %s", (code) => {
  expect(listsInRuby(code)).toBe(true);
});

test.each([
  'Dir.glob("pages/*")',
  'Dir[File.join(__dir__, "pages", "*.rb")]',
  'Dir[Rails.root.join("app", "icons", "*.svg")]',
  'Rails.root.join("tmp", name)',
  'File.read(File.join(settings.root, "pages", params[:page]))',
  'require File.expand_path("../config/boot", __dir__)',
  'Rails.root.join(ENV.fetch("PAGES", "pages"))',
])("Ruby reads what is named: %s", (code) => {
  expect(listsInRuby(code)).toBe(false);
});

test.each([
  "scandir('.')",
  "glob('*')",
  "glob(base_path('*.md'))",
  "glob(__DIR__ . '/../*.json')",
  "File::allFiles(base_path())",
  "new RecursiveDirectoryIterator(__DIR__, 0)",
  "file_get_contents(base_path($name))",
  "file_get_contents(__DIR__ . '/../' . $name)",
])("PHP may read anything: %s", (code) => {
  expect(listsInPhp(code)).toBe(true);
});

test.each(["glob('pages/*')", "base_path('pages/' . $name)", "file_get_contents(__DIR__ . '/pages/' . $name)"])(
  "PHP reads what is named: %s",
  (code) => {
    expect(listsInPhp(code)).toBe(false);
  },
);
