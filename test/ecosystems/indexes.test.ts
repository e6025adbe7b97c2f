import { expect, test } from "vitest";
import { filledIndexes, recognise, unseenBy } from "../../src/ecosystems/index.ts";
import { parseScript } from "../../src/shell/index.ts";
import { plain } from "../../src/text/index.ts";

const LISTS = "/var/lib/apt/lists";

function call(text: string) {
  const [command] = parseScript(plain(text), "dash").commands;
  return recognise(command!)!;
}

test.each([
  "npm ci",
  "npm run build",
  "bundle exec rake assets:precompile",
  "pip install -r requirements.txt",
  "python -m pip install flask",
  "python3 setup.py install",
  "make -j4",
  "make -C src -j $JOBS PREFIX=/usr install",
  "./configure",
  "curl -fsSL https://example.com/tool -o /tool",
  "chmod +x /usr/local/bin/*",
  "dpkg -i tool.deb",
  "apt-get update",
  "apt-get update -qq -o Acquire::Retries=3",
  "apt-get clean",
])("%s takes no notice of what is in apt's index", (text) => {
  expect(unseenBy(call(text))).toContain(LISTS);
});

test.each([
  "apt-get install -y git",
  "apt-get purge -y git",
  "apt-get autoclean",
  "apt-get update -o Dir::Etc::sourcelist=sources.list.d/tool.list -o APT::Get::List-Cleanup=0",
  "add-apt-repository ppa:git-core/ppa",
  "xargs apt-get install -y",
  "find / -name tool",
  "npx tool",
  "npm exec tool",
  "pnpm dlx tool",
  "poetry run tool",
  "uv run tool",
  "bundle exec tool",
  "cargo run",
  "go run ./tools",
  "python app.py",
  "python3 -m shop.setup",
  "make deps",
  "make $TARGET",
])("%s may go by apt's index", (text) => {
  expect(unseenBy(call(text))).not.toContain(LISTS);
});

test.each([
  ["tar cf /backup.tar lib", "/var"],
  ["tar cf /backup.tar var", "/"],
  ["tar cf /backup.tar .", "/"],
  ["cp -r var /keep", undefined],
  ["ls -R /", "/app"],
  ["ls lists", "/var/lib/apt"],
  ["ls", "/var/lib/apt/lists"],
  ['cp -r "$FOLDER" /keep', "/app"],
  ["cp -r ../var/lib/apt /keep", "/app"],
])("%s in %s looks at apt's index", (text, cwd) => {
  expect(unseenBy(call(text), cwd)).not.toContain(LISTS);
});

test.each([
  ["tar xzf node-$VERSION.tar.gz -C /usr/local", "/tmp"],
  ["cp -r . /srv", "/app"],
  ["cp -r dist /srv", "/"],
  ["cp -r lib /srv", undefined],
  ["rm -rf /var/lib/apt/lists/*", "/"],
])("%s in %s does not", (text, cwd) => {
  expect(unseenBy(call(text), cwd)).toContain(LISTS);
});

test("an index is filled by a refresh, and by managers that refresh it when they install", () => {
  expect(filledIndexes(call("apt-get update"))).toContain(LISTS);
  expect(filledIndexes(call("apt-get install -y git"))).toEqual(["/var/cache/apt"]);
  expect(filledIndexes(call("yum install -y git"))).toContain("/var/cache/yum");
  expect(filledIndexes(call("apk add --no-cache git"))).toEqual([]);
  expect(filledIndexes(call("apt-get clean"))).toEqual([]);
  expect(filledIndexes(call("npm ci"))).toEqual([]);
});
