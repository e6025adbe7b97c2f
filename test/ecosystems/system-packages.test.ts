import { describe, expect, test } from "vitest";
import { recognise } from "../../src/ecosystems/index.ts";
import {
  absentWithout,
  type NeedRules,
  NOTHING_TAKEN,
  namesNeeded,
  needsOf,
  type PackageQuestion,
  packageStepOf,
  packagesSeenBy,
  takenOut,
} from "../../src/ecosystems/system-packages/index.ts";
import { parseScript } from "../../src/shell/index.ts";
import { plain } from "../../src/text/index.ts";
import { invocationOf } from "./calls.ts";

function stepOf(text: string) {
  const script = parseScript(plain(text), "dash");
  return packageStepOf(
    script,
    script.commands.flatMap((command) => recognise(command) ?? []),
  );
}

const NO_RULES: NeedRules = { isCalled: () => false, out: NOTHING_TAKEN, database: () => undefined };

function needed(text: string, base: string, called: readonly string[] = [], more: Partial<NeedRules> = {}) {
  const step = stepOf(text);
  const rules = { ...NO_RULES, isCalled: (program: string) => called.includes(program), ...more };
  const needs = step && needsOf(step, base, rules);
  return needs && namesNeeded(needs).join(" ");
}

describe("what an app needs of the packages that a step installs", () => {
  test.each([
    ["apt-get install -y gcc make git", "debian:bookworm-slim", "libatomic1 libgomp1 ca-certificates"],
    ["apt-get install -y --no-install-recommends make git curl", "debian:bookworm-slim", ""],
    ["apt-get install -y libssl-dev libffi-dev", "debian:bullseye", "libssl1.1 libffi7"],
    ["apt-get install -y libssl-dev libffi-dev", "debian:12", "libssl3 libffi8"],
    ["apt-get install -y libssl-dev libffi-dev", "python:3.13-trixie", "libssl3t64 libffi8"],
    ["apt-get install -y libjpeg-dev libmysqlclient-dev", "ubuntu:22.04", "libjpeg8 libmysqlclient21"],
    ["apt-get install -y libpq-dev zlib1g-dev postgresql-client", "node:20-slim", "libpq5 postgresql-client"],
    ["apt-get install -y gcc-12=12.2.0-14 libpq5=15.4-1", "debian:12", "libatomic1 libgomp1 libpq5=15.4-1"],
    [
      "apk add --no-cache --virtual .build g++ make openssl-dev postgresql-dev",
      "alpine:3.20",
      "libatomic libgcc libgomp libstdc++ libpq",
    ],
    ["apt-get install -y openjdk-21-jdk-headless make", "debian:13", "openjdk-21-jre-headless"],
    ["apt-get install -y default-jdk", "ubuntu:24.04", "default-jre"],
    ["apt-get install -y bison flex libtool", "debian:13", "libfl2 libltdl7"],
    ["apt-get install -y --no-install-recommends bison flex libtool", "debian:13", ""],
    ["apk add bison flex libtool", "alpine:3.20", "libltdl"],
    ["apt-get install -y git make jq", "ubuntu:16.04", "ca-certificates jq"],
    ["apk add git make jq", "node:10-alpine", "ca-certificates jq"],
    ["apk add git make jq", "node:20-alpine", "jq"],
    ["dnf install -y gcc-c++ libxml2-devel nginx", "rockylinux:9", "libgcc libgomp libstdc++ libxml2 nginx"],
  ])("%s in %s", (text, base, names) => {
    expect(needed(text, base)).toBe(names);
  });

  test.each([
    ["apt-get install -y --no-install-recommends nodejs libpq-dev", "ruby:3.3-bookworm", "libpq5"],
    ["apt-get install -y nodejs npm yarnpkg", "php:8.3-apache-bookworm", "ca-certificates"],
    ["apt-get install -y --no-install-recommends nodejs npm", "ruby:3.3", "ca-certificates"],
    ["apk add --no-cache nodejs npm yarn tzdata", "ruby:3.3-alpine3.20", "tzdata"],
    ["npm install -g yarn", "ruby:3.3", ""],
  ])("%s in %s, where Node only makes assets", (text, base, names) => {
    expect(needed(text, base)).toBe(names);
  });

  test("where the container calls Node, all that goes with it stays", () => {
    expect(needed("apk add nodejs npm yarn", "ruby:3.3-alpine3.20", ["node"])).toBe("nodejs npm yarn");
    expect(needed("npm install -g yarn", "ruby:3.3", ["node"])).toBeUndefined();
    expect(needed("curl https://deb.nodesource.com/setup_20.x | bash -", "ruby:3.3", ["node"])).toBeUndefined();
  });

  test.each([
    "curl -sS https://getcomposer.org/installer | php -- --install-dir=/usr/local/bin --filename=composer",
    "wget -qO- https://getcomposer.org/installer | php -- --quiet --install-dir=/usr/bin/ --version=2.7.1",
  ])("nothing of Composer, where the container does not call it: %s", (text) => {
    expect(needed(text, "php:8.3-apache")).toBe("");
    expect(needed(text, "php:8.3-apache", ["composer"])).toBeUndefined();
  });

  test("a program that the container calls stays", () => {
    expect(needed("apt-get install -y --no-install-recommends curl make", "debian:12", ["curl"])).toBe("curl");
    expect(needed("apk add build-base", "alpine:3.20", ["make"])).toBe("build-base");
  });

  test.each([
    ["a library that is in no list", "apt-get install -y libmapnik-dev", "debian:12"],
    ["a name that depends on the release, which the tag leaves open", "apt-get install -y libssl-dev", "node:20-slim"],
    ["a release that is in no list", "apt-get install -y libpq-dev", "debian:9"],
    ["an image that may stand on an old release", "apt-get install -y libpq-dev", "node:10-slim"],
    ["an image that nobody knows", "apt-get install -y libpq-dev", "registry.example.com/base:1"],
    ["a toolchain that programs may run with", "dnf install -y java-21-openjdk-devel", "rockylinux:9"],
    ["a compiler in an old release", "apt-get install -y build-essential", "ubuntu:12.04"],
    ["a compiler that is in no list", "apt-get install -y gcc-multilib", "debian:12"],
  ])("is all of %s", (_, text, base) => {
    expect(needed(text, base)).toBe(text.split(" ").at(-1));
  });

  test("is all of a package that nothing is known of, and nothing of others beside it", () => {
    expect(needed("apt-get install -y --no-install-recommends git libpng-dev unzip", "php:8.2-apache")).toBe(
      "libpng-dev",
    );
  });
});

describe("what the package database of the base image is asked for", () => {
  const questions: PackageQuestion[] = [];
  const database = (question: PackageQuestion) => {
    questions.push(question);
    return question.name === "libmapnik-dev" ? ["libmapnik4.0", "mapnik-reader"] : undefined;
  };
  const ask = (text: string, base: string) => {
    questions.length = 0;
    return needed(text, base, [], { database });
  };

  test("packages of headers that no list names", () => {
    expect(ask("apt-get install -y gcc libmapnik-dev libssl-dev", "debian:13")).toBe(
      "libatomic1 libgomp1 libmapnik4.0 mapnik-reader libssl3t64",
    );
    expect(questions).toEqual([{ manager: "apt", base: "debian:13", name: "libmapnik-dev", recommends: true }]);
  });

  test("all of a step at once, by their plain names and as the step installs them", () => {
    const text = "apt-get install --no-install-recommends -y libcmark-dev=0.30.2-6 libmapnik-dev";
    expect(ask(text, "debian:13")).toBe("libcmark-dev=0.30.2-6 libmapnik4.0 mapnik-reader");
    expect(questions.map(({ name, recommends }) => [name, recommends])).toEqual([
      ["libcmark-dev", false],
      ["libmapnik-dev", false],
    ]);
  });

  test.each([
    ["apk add mapnik-dev", "alpine:3.20", "apk", false],
    ["apk add --no-cache --virtual .build-deps gcc mapnik-dev=4.0-r1 zlib-dev", "node:20-alpine", "apk", false],
    ["apk add -U -t .build mapnik-dev", "registry.example.com/base:1", "apk", false],
    ["dnf install -y mapnik-devel", "rockylinux:9", "rpm", true],
    ["yum -y install gcc-c++ mapnik-devel && yum clean all", "fedora:41", "rpm", true],
    ["microdnf install -y --nodocs --setopt=install_weak_deps=0 mapnik-devel", "almalinux:9", "rpm", false],
  ])("of the manager that the step calls: %s in %s", (text, base, manager, recommends) => {
    expect(ask(text, base)).toMatch(/mapnik-dev(el)?(=|$)/);
    expect(questions).toEqual([{ manager, base, name: expect.stringMatching(/^mapnik-dev(el)?$/), recommends }]);
  });

  test.each([
    ["dnf install -y java-21-openjdk-devel", "rockylinux:9"],
    ["apt-get install -y gcc-multilib", "debian:13"],
  ])("nothing of %s in %s", (text, base) => {
    expect(ask(text, base)).toBe(text.split(" ").at(-1));
    expect(questions).toEqual([]);
  });
});

describe("a step that installs packages and does nothing else", () => {
  test.each([
    "apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*",
    "set -eux; apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -qq -y gcc; apt-get clean",
    "export DEBIAN_FRONTEND=noninteractive; apt-get update && apt-get -o Dpkg::Use-Pty=0 install gcc",
    "apk update && apk add gcc && rm -rf /var/cache/apk/*",
    "yum -y install gcc && yum clean all",
    "apt-get update && apt-get -y upgrade && apt-get install -y gcc",
    "apt-get update",
    "curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && apt-get install -y nodejs && npm install -g yarn@1.22.22",
    "curl -sL https://deb.nodesource.com/setup_20.x | sudo -E bash -",
    "curl -sS https://dl.yarnpkg.com/debian/pubkey.gpg | apt-key add - && echo 'deb https://dl.yarnpkg.com/debian/ stable main' > /etc/apt/sources.list.d/yarn.list",
    "curl -fsSL https://deb.nodesource.com/gpgkey/nodesource-repo.gpg.key | gpg --dearmor -o /etc/apt/keyrings/nodesource.gpg",
    'echo "deb https://deb.nodesource.com/node_20.x nodistro main" | tee /etc/apt/sources.list.d/nodesource.list',
    "corepack enable && npm --version && npm cache clean --force",
    "apt-get purge -y --auto-remove gcc -o APT::AutoRemove::SuggestsImportant=false",
    "apk del .build-deps",
  ])("is %s", (text) => {
    expect(stepOf(text)).toBeDefined();
  });

  test.each([
    "rm -rf /var/lib/apt/lists/*",
    "apt-get update && apt-get dist-upgrade -y && apt-get install -y gcc",
    "apt-get install -y gcc || true",
    "apt-get install -y gcc && make",
    "apt-get purge -y $PACKAGES",
    "apt-get purge -y 'lib*-dev'",
    "apt-get install -y -t bookworm-backports gcc",
    "apt-get install -y $PACKAGES",
    "apt-get install -y ./app.deb",
    "apt-get install -y gcc libc6-",
    "apk add gcc@edge",
    "apk add --repository http://example.com gcc",
    "dnf group install 'Development Tools'",
    "apt-get install -y gcc > /list",
    "apt-get install -y gcc && a2enmod $MODULE",
    "curl -sS https://getcomposer.org/installer | php",
    "curl -sS https://getcomposer.org/installer | php -- --install-dir=/app --filename=composer",
    "curl -sS https://getcomposer.org/installer | php -- --install-dir=$BIN",
    "curl -sS https://example.org/installer | php -- --install-dir=/usr/local/bin",
    "curl -sS https://getcomposer.org/installer -o /setup.php | php -- --install-dir=/usr/local/bin",
    "curl -sS https://getcomposer.org/installer | php -d x=y -- --install-dir=/usr/local/bin",
    "curl -fsSL https://deb.nodesource.com/setup_20.x | tee /setup.sh",
    "curl -fsSL https://deb.nodesource.com.example.org/setup_20.x | bash -",
    "curl -fsSL https://get.example.com | bash - && apt-get install -y nodejs",
    "npm install -g svgo",
    "npm install -g yarn ./tool",
    "echo 'deb https://dl.yarnpkg.com/debian/ stable main' > /app/yarn.list",
  ])("is not %s", (text) => {
    expect(stepOf(text)).toBeUndefined();
  });
});

describe("who could tell that packages are not there", () => {
  const packages = ["curl", "gcc", "git", "openssh-client"];
  test.each([
    ["mkdir -p /data", []],
    ["chown -R node /data", []],
    ["apt-get install -y libpq5", []],
    ["apt-get install -y postgresql", ["openssh-client"]],
    ["apt-get purge -y gcc", packages],
    ["useradd --system web", ["openssh-client"]],
    ["curl -o /usr/local/bin/wait https://example.com/wait", ["curl"]],
    ["npm install -g node-gyp", packages],
    ["npm cache clean --force", []],
  ])("%s", (text, seen) => {
    expect(packagesSeenBy(invocationOf(text)!, packages)).toEqual(seen);
  });

  test("an install of Node finds it where the repository is that it comes from", () => {
    expect(packagesSeenBy(invocationOf("apt-get install -y nodejs libpq5")!, ["nodejs", "yarn"])).toEqual(["nodejs"]);
  });

  test("tar may call a program that came with a package for builds", () => {
    expect(packagesSeenBy(invocationOf("tar -xJf /tmp/tool.tar.xz -C /opt")!, ["build-essential", "gcc"])).toEqual([
      "build-essential",
    ]);
  });

  test("Debian's git comes with OpenSSH, which makes a group, unless it is told not to", () => {
    const absent = (text: string) => absentWithout(needsOf(stepOf(text)!, "debian:12", NO_RULES)!);
    expect(absent("apt-get install -y git")).toEqual(["git", "openssh-client"]);
    expect(absent("apt-get install -y --no-install-recommends git")).toEqual(["git"]);
  });
});

describe("packages that a stage installs and takes out again", () => {
  const taken = (base: string, ...texts: readonly string[]) =>
    [...takenOut(texts.map(stepOf), base, (program) => program === "perl")].map(([name, { swept }]) =>
      swept ? `${name}, swept` : name,
    );

  test.each([
    ["by name", ["apt-get install -y gcc libpq-dev", "apt-get purge -y gcc"], ["gcc"]],
    ["with what came along", ["apt-get install -y gcc", "apt-get purge -y --auto-remove gcc"], ["gcc, swept"]],
    [
      "and swept in another step",
      ["apt-get install -y gcc", "apt-get remove gcc", "apt-get autoremove"],
      ["gcc, swept"],
    ],
    ["as they sweep", ["apt-get install -y gcc make", "apt-get autoremove -y gcc"], ["gcc, swept"]],
    [
      "with a version",
      ["apt-get install -y gcc=4:12.2.0-3", "apt-get purge gcc && apt-get autoremove"],
      ["gcc, swept"],
    ],
    ["unless they are installed once more", ["apt-get install -y gcc", "apt-get purge gcc", "apt-get install gcc"], []],
    ["unless they were never installed", ["apt-get install -y gcc", "apt-get purge -y make"], []],
    ["unless what came along runs", ["apt-get install -y imagemagick", "apt-get purge -y imagemagick"], []],
    ["unless the container runs one", ["apt-get install -y gcc perl", "apt-get autoremove -y gcc perl"], []],
  ])("%s", (_, texts, expected) => {
    expect(taken("debian:12", ...texts)).toEqual(expected);
  });

  test("by the name that Alpine has them under", () => {
    const steps = ["apk add --virtual .build-deps gcc make", "apk del .build-deps"];
    expect(taken("python:3.12-alpine", ...steps)).toEqual([".build-deps, swept", "gcc, swept", "make, swept"]);
    expect(taken("alpine", "apk add -t tools gcc", "apk del tools")).toEqual(["tools, swept", "gcc, swept"]);
  });

  test("but for what the base image may have by itself", () => {
    expect(taken("python:3.12", "apt-get install -y gcc", "apt-get autoremove -y gcc")).toEqual([]);
  });
});
