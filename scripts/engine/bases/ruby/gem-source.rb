# Makes a gem source on disk, of small gems without sources elsewhere: the index of all gems that Bundler reads from a `file:` address.
require "fileutils"
require "rubygems/package"
require "stringio"
require "zlib"

SOURCE = "/usr/share/gem-source"
WORK = "/tmp/gems"

GEMS = {
  "letters" => ["1.0.0", { "lib/letters.rb" => %(module Letters\n  def self.all = ("a".."z").to_a\nend\n) }, {}],
  "words" => ["2.1.0", { "lib/words.rb" => %(require "letters"\nmodule Words\n  def self.first = Letters.all.take(3).join\nend\n) }, { "letters" => "~> 1.0" }],
  "speller" => ["0.3.0", { "lib/speller.rb" => "module Speller\nend\n", "exe/speller" => %(#!/usr/bin/env ruby\nputs "spelled"\n) }, {}],
}.freeze

def build(name, version, files, needs)
  folder = "#{WORK}/#{name}"
  files.each do |path, text|
    FileUtils.mkdir_p(File.dirname("#{folder}/#{path}"))
    File.write("#{folder}/#{path}", text)
    File.chmod(0o755, "#{folder}/#{path}") if path.start_with?("exe/")
  end
  Dir.chdir(folder) do
    spec = Gem::Specification.new do |s|
      s.name = name
      s.version = version
      s.summary = name
      s.authors = ["refit"]
      s.homepage = "https://gems.example/#{name}"
      s.license = "MIT"
      s.files = files.keys
      s.bindir = "exe"
      s.executables = files.keys.grep(%r{\Aexe/}) { |path| File.basename(path) }
      needs.each { |need, requirement| s.add_dependency need, requirement }
    end
    FileUtils.mv(Gem::Package.build(spec), "#{SOURCE}/gems/")
    spec
  end
end

%w[gems quick/Marshal.4.8].each { |folder| FileUtils.mkdir_p("#{SOURCE}/#{folder}") }
specs = GEMS.map { |name, (version, files, needs)| build(name, version, files, needs) }
specs.each do |spec|
  File.binwrite("#{SOURCE}/quick/Marshal.4.8/#{spec.full_name}.gemspec.rz", Zlib::Deflate.deflate(Marshal.dump(spec)))
end
index = specs.map { |spec| [spec.name, spec.version, "ruby"] }
{ "specs" => index, "latest_specs" => index, "prerelease_specs" => [] }.each do |name, list|
  Zlib::GzipWriter.open("#{SOURCE}/#{name}.4.8.gz") { |file| file.write(Marshal.dump(list)) }
end
FileUtils.rm_r(WORK)
