import { describe, expect, test } from "vitest";
import { footprintOf, purposesOf, workingFolderOf } from "../../src/ecosystems/index.ts";
import { commandsOf, invocationOf } from "./calls.ts";

/** Command, ecosystem, purpose and action. */
const known: readonly (readonly [script: string, expected: string])[] = [
  ["apt-get update", "apt index update"],
  ["apt-get -o Acquire::Retries=3 install -y git", "apt system install"],
  ["sudo -E apt install git", "apt system install"],
  ["apk add --no-cache git", "apk system add"],
  ["dnf -y module enable nodejs:20", "rpm system module enable"],
  ["zypper in -y git", "zypper system in"],
  ["pacman -Syu --noconfirm git", "pacman system -Syu"],
  ["pacman -Sy", "pacman index -Sy"],
  ["rm -rf /var/lib/apt/lists/*", "files clean rm"],
  ["rm -rf /app/tmp", "files files rm"],
  ["npm ci --omit=dev", "npm dependencies ci"],
  ["npm i", "npm dependencies install"],
  ["npm install -g pnpm@9", "npm system install"],
  ["npm --prefix client run build", "npm build run"],
  ["npm cache clean --force", "npm clean cache clean"],
  ["npm prune --omit=dev", "npm clean prune"],
  ["npx tsc", "npm build exec"],
  ["npx --yes pnpm@9 install", "pnpm dependencies install"],
  ["corepack enable", "npm system enable"],
  ["corepack yarn install", "yarn dependencies install"],
  ["yarn", "yarn dependencies install"],
  ["yarn --frozen-lockfile", "yarn dependencies install"],
  ["yarn build", "yarn build run"],
  ["yarn global add serve", "yarn system global add"],
  ["pnpm i --frozen-lockfile", "pnpm dependencies i"],
  ["pnpm build", "pnpm build "],
  ["pip3 install -r requirements.txt", "pip dependencies install"],
  ["python3.12 -m pip install --upgrade pip", "pip system install"],
  ["/opt/venv/bin/pip install .", "pip dependencies install"],
  ["python manage.py collectstatic", "pip build manage.py"],
  ["go mod download", "go dependencies mod download"],
  ["env CGO_ENABLED=0 go build ./...", "go build build"],
  ["cargo build --release", "cargo build build"],
  ["./mvnw -B package", "maven build package"],
  ["mvn dependency:go-offline", "maven dependencies dependency:go-offline"],
  ["bundle install", "bundler dependencies install"],
  ["gem install bundler", "rubygems system install"],
  ["composer install --no-dev", "composer dependencies install"],
  ["dotnet restore", "dotnet dependencies restore"],
  ["poetry install", "poetry dependencies install"],
  ["uv pip install -r requirements.txt", "uv dependencies pip install"],
  ["conda env create -f environment.yml", "conda dependencies env create"],
  ["mix deps.get", "mix dependencies deps.get"],
  ["make -j4", "make build "],
  ["./configure --prefix=/usr", "make build "],
  ["git clone https://git.example/x.git", "git system clone"],
  ["mkdir -p /data", "files files mkdir"],
];

describe("recognise", () => {
  test.each(known)("%s", (script, expected) => {
    const found = invocationOf(script);
    expect(`${found?.ecosystem} ${found?.purpose} ${found?.action}`).toBe(expected);
  });

  test.each(["$TOOL install", "unheard-of", "npm frobnicate", "sudo -u app frobnicate", "X=1"])(
    "%s is unknown",
    (script) => {
      expect(invocationOf(script)).toBeUndefined();
    },
  );

  test("what is set for the command alone is told", () => {
    expect(invocationOf('CI=1 env NODE_ENV=test X="$Y" npm ci')?.call.env).toEqual(
      new Map([
        ["CI", "1"],
        ["NODE_ENV", "test"],
      ]),
    );
  });
});

test("the purposes of a script are those of its commands, unknown ones said to be so", () => {
  const script = "set -e; X=1; apt-get update && apt-get install -y git && frobnicate";
  expect(purposesOf(commandsOf(script))).toEqual(new Set(["files", "index", "system", "unknown"]));
});

describe("footprints", () => {
  const footprint = (script: string, cwd = "/app") =>
    footprintOf(invocationOf(script)!, { cwd, env: new Map(), base: undefined });

  test("packages of the system stay out of the app's folders", () => {
    const { reads, writes } = footprint("apt-get install -y git")!;
    for (const app of ["/app", "/usr/src/app", "/home/node/app", "/srv", "/workspace"])
      expect([...reads, ...writes].some((path) => `${app}/`.startsWith(`${path}/`))).toBe(false);
  });

  test.each([
    "apt-get install ./app.deb",
    "apk add $(cat packages)",
    "pacman -U app.pkg.tar.zst",
    "pip install -r a.txt",
    "python -m pip install x",
  ])("%s may read the app", (script) => expect(footprint(script)).toBeUndefined());

  test("settings of a project may lead a command elsewhere that works outside of it", () => {
    expect(footprint("npm config set fund false")?.reads).toContain("/app/.npmrc");
    expect(footprint("npm cache clean --force")?.reads).toContain("/app/.npmrc");
    expect(footprint("npm install -g ms")?.reads).not.toContain("/app/.npmrc");
    expect(footprint("yarn global add ms", "/app/web")?.reads).toEqual(expect.arrayContaining(["/app/.yarnrc.yml"]));
  });

  test.each(["npm install -g ms", "yarn global add ms", "pip install flask"])("%s with another home", (script) => {
    const surroundings = { cwd: "/app", env: new Map([["HOME", "/app"]]), base: undefined };
    expect(footprintOf(invocationOf(script)!, surroundings)).toBeUndefined();
  });

  test("programs that work on paths touch those paths", () => {
    expect(footprint("mkdir -p logs /data")?.writes).toEqual(["/app/logs", "/data"]);
    expect(footprint("chown -R node:node /data")?.writes).toEqual(["/data"]);
    expect(footprint("rm -rf /var/lib/apt/lists/*")?.writes).toEqual(["/var/lib/apt/lists"]);
    expect(footprint("mkdir $X")).toBeUndefined();
    const nowhere = { cwd: undefined, env: new Map(), base: undefined };
    expect(footprintOf(invocationOf("mkdir /data")!, nowhere)?.writes).toEqual(["/data"]);
    expect(footprintOf(invocationOf("mkdir data")!, nowhere)).toBeUndefined();
  });
});

test("a folder option says where an install works", () => {
  expect(workingFolderOf(invocationOf("npm --prefix client ci")!, "/app")).toBe("/app/client");
  expect(workingFolderOf(invocationOf("yarn --cwd=../web install")!, "/app")).toBe("/web");
  expect(workingFolderOf(invocationOf("npm --prefix $X ci")!, "/app")).toBeUndefined();
  expect(workingFolderOf(invocationOf("npm ci")!, "/app")).toBe("/app");
});

test("a wrapper script in the project is itself, whichever shell runs it", () => {
  expect(invocationOf("./mvnw package")?.call).toMatchObject({ tool: "mvnw", path: "./mvnw", args: ["package"] });
  expect(invocationOf("sh ./gradlew build")?.call).toMatchObject({ tool: "gradlew", path: "./gradlew" });
  expect(invocationOf("bash build.sh")).toBeUndefined();
});
