import { describe, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { calledPrograms, factsOf } from "../../src/image/index.ts";

function isCalled(program: string, files: Readonly<Record<string, string>>, start = 'CMD ["server"]'): boolean {
  const facts = factsOf(parseDockerfile(`FROM debian:12\n${start}\n`), { context: memoryContext(files) });
  return calledPrograms(facts)(program);
}

describe("programs that a container may call", () => {
  test.each([
    ["its command", "make", {}, "CMD make run"],
    ["the check whether it is well", "curl", {}, "HEALTHCHECK CMD curl -f http://localhost"],
    ["a check in a Compose file", "curl", { "compose.yaml": 'test: ["CMD", "curl", "-f", "http://localhost"]' }],
    ["a source", "git", { "src/block.ts": 'execFile("git", ["log"]);' }],
    ["a library that calls it", "git", { "package.json": '{ "dependencies": { "simple-git": "3.0.0" } }' }],
    ["a library with another name", "git", { "requirements.txt": "GitPython==3.1\n" }],
    [
      "a gem in the project, whose files Bundler asks for",
      "git",
      { "gems/a/a.gemspec": "spec.files = `git ls-files`.split" },
    ],
    ["code that compiles", "gcc", { "app.py": 'ffi = cffi.FFI()\nffi.verify("")' }],
    ["code that has Python compile", "cc", { "app.py": "from distutils.ccompiler import new_compiler" }],
    ["code that compiles where it is imported", "gcc", { "app.py": "import pyximport; pyximport.install()" }],
    ["a library that compiles", "g++", { "requirements.txt": "torch==2.3.1\n" }],
    ["a library that compiles, in a lock", "gcc", { "uv.lock": '[[package]]\nname = "triton"\nversion = "3.0"\n' }],
    ["a process that JavaScript starts", "python3", { "server.js": 'spawn("python3", ["draw.py"]);' }],
    ["a line that Python gives a shell", "make", { "app.py": 'subprocess.run("cd pages && make all", shell=True)' }],
    ["a list of words in Python", "ps", { "app.py": 'subprocess.check_output(["ps", "aux"])' }],
    ["a command of Go", "unzip", { "main.go": 'exec.CommandContext(ctx, "unzip", path)' }],
    ["a command of Rust", "rsync", { "main.rs": 'Command::new("rsync").arg("-a")' }],
    ["a line that C puts together", "strings", { "main.c": 'sprintf(line, "strings %s", path);\nsystem(line);' }],
    ["a command of Go by a variable", "objdump", { "main.go": 'tool := "/usr/bin/objdump"\nexec.Command(tool, path)' }],
    [
      "a command of settings",
      "g++",
      { "judge.ts": "spawn(languages[name].command, [path]);", "languages.json": '{ "cpp": "g++ -O2" }' },
    ],
    ["a command of settings without quotes", "gcc", { "judge.py": "Popen(command)", "judge.yml": "c: gcc -O2\n" }],
    [
      "a command of another file",
      "g++",
      { "judge.js": "execFile(tool, [path]);", "tools.js": 'export const cpp = "g++";' },
    ],
    [
      "a command of a variable",
      "gcc",
      { "judge.js": "execFile(process.env.CC, [path]);" },
      "ENV CC=gcc\nCMD node judge.js",
    ],
    ["a script for another interpreter", "perl", { "report.pl": "#!/usr/bin/perl -w\nuse JSON::PP;\n" }],
    ["a script that looks for its interpreter", "python3", { "bin/report": "#!/usr/bin/env python3\nprint(1)\n" }],
    ["code that asks Java for its compiler", "javac", { "Rules.java": "import javax.tools.JavaCompiler;" }],
    ["a script", "gcc", { "start.sh": "#!/bin/sh\nif [ -f a.c ]; then gcc a.c; fi\n" }],
    ["a condition of a script", "ps", { "start.sh": "#!/bin/sh\nif ! ps -p 1 >/dev/null; then exit 1; fi\n" }],
    [
      "a script by a variable's folder",
      "jcmd",
      { "dump.sh": '#!/bin/sh\nexec "$JAVA_HOME/bin/jcmd" 1 GC.heap_info\n' },
    ],
    ["a supervisor", "make", { "supervisord.conf": "[program:pages]\ncommand=make -C /data\n" }],
    ["a supervisor's shell", "strings", { "etc/app.ini": '[program:a]\ncommand=sh -c "cat a; strings b"\n' }],
    ["a service", "gcc", { "app.service": "[Service]\nExecStart=/usr/bin/gcc -v\n" }],
    ["a table of times", "patch", { crontab: "*/5 * * * * root cd /data && patch -p1 <a\n" }],
    ["a Procfile", "make", { Procfile: "web: PORT=80 make run\n" }],
    ["a script by its path", "strings", { "start.sh": "#!/bin/sh\nfind . | xargs /usr/bin/strings\n" }],
    ["a script without an ending", "wget", { "bin/start": "#!/bin/sh\nwget -q https://example.com\n" }],
  ])("%s", (_, program, files, start?: string) => {
    expect(isCalled(program, files as Record<string, string>, start)).toBe(true);
  });

  test.each([
    [
      "an address",
      "git",
      { "package.json": '{ "repository": { "type": "git", "url": "git+https://github.com/a/b.git" } }' },
    ],
    ["a library with a longer name", "gcc", { "requirements.txt": "torch-stubs\nxtriton\n" }],
    ["what looks up libraries, with glibc", "ld", { "requirements.txt": "python-magic\n" }],
    ["a part of a word", "git", { "src/digits.ts": "const digit = 1; // .git, gitter" }],
    ["a word of a language", "make", { "src/main.go": "// make sure\nitems := make([]string, 0)" }],
    ["a value of settings where nothing is started", "g++", { "app.json": '{ "language": "g++" }' }],
    ["a word of code beside what starts a process", "make", { "a.js": "execFile(tool);", "b.js": 'sort("make");' }],
    ["a regular expression", "gcc", { "app.py": "pattern = re.compile(name)" }],
    ["a method", "patch", { "src/app.js": 'app.patch("/patch", (request) => call("patchwork"))' }],
    ["a value among settings", "make", { "app.ini": "[car]\nkind = make\n" }],
    ["an option of its command", "size", {}, "CMD server --size 3 --log-file out --as-root"],
    ["a text where nothing is started", "strings", { "main.c": 'puts("strings");' }],
    ["what people read", "curl", { "README.md": "curl -f http://localhost" }],
    ["what the build reads", "curl", { Dockerfile: "RUN curl https://example.com", Makefile: "\tcurl x" }],
  ])("not %s", (_, program, files, start?: string) => {
    expect(isCalled(program, files as unknown as Record<string, string>, start)).toBe(false);
  });
});

test.each([
  ["requirements.txt", "Python_Magic==0.4\n"],
  ["app.py", 'from ctypes.util import find_library\nfind_library("magic")\n'],
])("with musl, %s may look up libraries by the compiler", (path, text) => {
  const facts = factsOf(parseDockerfile("FROM python:3.12-alpine\nCMD python app.py\n"), {
    context: memoryContext({ [path]: text }),
  });
  expect(["gcc", "ld", "git"].map(calledPrograms(facts))).toEqual([true, true, false]);
});

test("a package that a RUN names may compile", () => {
  const facts = factsOf(parseDockerfile("FROM python:3.12\nRUN pip install torch\nCMD python app.py\n"), {
    context: memoryContext({}),
  });
  expect(calledPrograms(facts)("gcc")).toBe(true);
});

describe("dependencies that Mix has from Git", () => {
  const isGitCalled = (start: string, script = "") => {
    const files = {
      "mix.exs": 'defp deps, do: [{:words, git: "https://example.com/words.git", tag: "v1.2.0"}]\n',
      "mix.lock": '%{"words": {:git, "https://example.com/words.git", "0999464", []}}\n',
      "start.sh": `#!/bin/sh\n${script}\n`,
      "lib/mixer.ex": "defmodule Mixer do\n  # A mix of words.\nend\n",
    };
    const facts = factsOf(parseDockerfile(`FROM elixir:1.18\nCMD ${start}\n`), { context: memoryContext(files) });
    return calledPrograms(facts)("git");
  };

  test("need it where Mix runs in the container", () => {
    expect(isGitCalled("mix phx.server")).toBe(true);
    expect(isGitCalled("/start.sh", "mix ecto.migrate && exec bin/letters start")).toBe(true);
  });

  test("need it no more in a release", () => {
    expect(isGitCalled("bin/letters start")).toBe(false);
  });
});

describe("Node beside an app of another language", () => {
  const RAILS = {
    "Gemfile.lock": "GEM\n  specs:\n    rails (7.2.2)\n    jsbundling-rails (1.3.1)\n",
    "package.json": '{ "scripts": { "build": "node build.js" } }',
    "build.js": 'require("node:child_process").execSync("npm run sass");',
    "bin/setup": '#!/usr/bin/env ruby\nsystem! "yarn install"\n',
    "Procfile.dev": "js: yarn build --watch\n",
    Procfile: "web: bundle exec puma\n",
  };
  const isCalledIn = (
    files: Readonly<Record<string, string>>,
    base = "ruby:3.3",
    start = 'CMD ["rails", "server"]',
  ) => {
    const facts = factsOf(parseDockerfile(`FROM ${base}\n${start}\n`), { context: memoryContext(files) });
    return calledPrograms(facts)("node");
  };

  test("is called by none but builds", () => {
    expect(isCalledIn(RAILS)).toBe(false);
    expect(isCalledIn({ "composer.lock": '{ "packages": [] }' }, "php:8.3-apache", "EXPOSE 80")).toBe(false);
  });

  test.each([
    ["its command", RAILS, 'CMD ["npm", "start"]'],
    ["its command, by a script", RAILS, 'CMD ["./render.js"]'],
    ["the check whether it is well", RAILS, "HEALTHCHECK CMD node check"],
    ["a gem that looks for it", { "Gemfile.lock": "GEM\n  specs:\n    execjs (2.9.1)\n    terser (1.2.4)\n" }],
    ["a process", { ...RAILS, Procfile: "web: bundle exec puma\nssr: node ssr.js\n" }],
    ["a shell script", { ...RAILS, "start.sh": "#!/bin/sh\nnode ssr.js &\nexec rails server\n" }],
    ["Ruby", { ...RAILS, "lib/tree.rb": 'Open3.capture2("node", "tree.js")' }],
    ["Ruby, by a shell", { ...RAILS, "lib/tree.rb": "`node tree.js`" }],
    ["a task", { ...RAILS, "lib/tasks/tree.rake": 'sh "npm run tree"' }],
    ["a script that is run by its name", { ...RAILS, "bin/tree": "#!/usr/bin/env node\n" }],
    ["a supervisor", { ...RAILS, "supervisord.conf": "[program:ssr]\ncommand=/usr/bin/node ssr.js\n" }],
    [
      "a service of Compose",
      { ...RAILS, "compose.yaml": 'services:\n  ssr:\n    build: .\n    command: ["npm", "start"]\n' },
    ],
    ["Vite's gem", { ...RAILS, "config/vite.json": '{ "production": { "autoBuild": true } }' }],
  ])("is called by %s", (_, files, start = 'CMD ["rails", "server"]') => {
    expect(isCalledIn(files, "ruby:3.3", start)).toBe(true);
  });

  test("may be called by an app whose packages, or whose language, are not known", () => {
    const { "Gemfile.lock": _, ...withoutLock } = RAILS;
    expect(isCalledIn(withoutLock)).toBe(true);
    expect(isCalledIn(RAILS, "debian:12")).toBe(true);
  });
});

test.each([
  "COPY <<EOF /start.sh\n#!/bin/sh\nmake -C /data\nEOF\n",
  "RUN cat <<'EOF' >/start.sh\n#!/bin/sh\nmake -C /data\nEOF\n",
  "RUN printf '#!/bin/sh\\nset -e\\nmake -C /data\\n' >/start.sh && chmod +x /start.sh\n",
  "RUN echo '#!/bin/sh' >/start.sh && echo 'exec make -C /data' >>/start.sh\n",
])("a script that the Dockerfile itself writes calls a program: %j", (step) => {
  const called = calledPrograms(factsOf(parseDockerfile(`FROM debian:12\n${step}CMD ["/start.sh"]\n`)));
  expect(called("make")).toBe(true);
});

test.each(["RUN <<EOF\nmake -C /data\nEOF\n", "RUN echo 'make the pages' && make -C /data\n"])(
  "what a step runs is called by no container: %j",
  (step) => {
    const called = calledPrograms(factsOf(parseDockerfile(`FROM debian:12\n${step}CMD ["/start.sh"]\n`)));
    expect(called("make")).toBe(false);
  },
);
