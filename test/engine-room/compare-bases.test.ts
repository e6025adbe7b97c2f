/** Images on a larger and on a smaller base image of the same family: what the bases have between them is no difference. */
import { describe, expect, test } from "vitest";
import { closureDifferences } from "../../src/engine/closure/index.ts";
import { compareImages, type OpenImage } from "../../src/engine/compare/index.ts";
import { diskTree, foldersHere } from "./disk-tree.ts";

const folderOf = foldersHere();

type Files = Readonly<Record<string, string>>;

/** @param target what a link in it leads to */
function imageOf(files: Files, target?: string): OpenImage {
  const folder = folderOf(target === undefined ? files : { ...files, "awk.1": { link: target } });
  const info = { config: {}, platform: "linux/amd64", size: 0, layers: 1, diffIds: [] };
  return { info, tree: diskTree(folder) };
}

/** Differences between what the steps `before` and `after` add to each base. */
function differences(large: Files, small: Files, before: Files, after: Files): string[] {
  const bases = { before: imageOf(large), after: imageOf(small) };
  const [old, now] = [imageOf({ ...large, ...before }), imageOf({ ...small, ...after })];
  return compareImages(old, now, "same-runtime", { bases }).differences.map(({ at, what }) => `${at} ${what}`);
}

const same = (files: Files) => [files, files] as const;
const status = (...names: string[]) =>
  names.map((name) => `Package: ${name}\nStatus: install ok installed\n`).join("\n");

describe("what is the bases' own", () => {
  test("may be gone, new and another", () => {
    const large = { "usr/bin/git": "git", "usr/lib/libssl.so.3": "old" };
    const small = { "usr/lib/libssl.so.3": "new", "usr/share/small": "" };
    expect(differences(large, small, ...same({ "app/a": "a" }))).toEqual([]);
  });

  test("is told of where both have it with other content, since programs open it", () => {
    const [large, small] = [{ "opt/java/lib/modules": "many" }, { "opt/java/lib/modules": "some" }];
    const bases = { before: imageOf(large), after: imageOf(small) };
    const app = (content: string) => ({ "app/a": content });
    const [old, now] = [imageOf({ ...large, ...app("one") }), imageOf({ ...small, ...app("two") })];
    const { ofBases } = compareImages(old, now, "same-runtime", { bases });
    expect([...ofBases]).toEqual(["/opt/java/lib/modules"]);
  });

  test("is not what a step changed", () => {
    const large = { "etc/hello": "one" };
    expect(differences(large, large, { "etc/hello": "two" }, {})).toEqual([
      "/etc/hello content differs, 3 bytes in both",
    ]);
    expect(differences(large, {}, { "etc/hello": "two" }, {})).toHaveLength(1);
  });

  test("is a part of lists that steps add to", () => {
    const large = { "etc/passwd": "root:x:0\ngit:x:9\n", "var/lib/dpkg/status": status("base", "git") };
    const small = { "etc/passwd": "root:x:0\n", "var/lib/dpkg/status": status("base") };
    const steps = (files: Files) => ({
      "etc/passwd": `${files["etc/passwd"]}app:x:1000\n`,
      "var/lib/dpkg/status": `${files["var/lib/dpkg/status"]}\n${status("libyaml")}`,
      "etc/ld.so.cache": files === large ? "many" : "few",
    });
    expect(differences(large, small, steps(large), steps(small))).toEqual([]);
  });

  test("is no account with another number, and no package that is missing", () => {
    const large = { "etc/passwd": "root:x:0\ngit:x:999\n", "var/lib/dpkg/status": status("base", "git") };
    const small = { "etc/passwd": "root:x:0\n", "var/lib/dpkg/status": status("base") };
    const before = {
      "etc/passwd": `${large["etc/passwd"]}app:x:998\n`,
      "var/lib/dpkg/status": `${large["var/lib/dpkg/status"]}\n${status("libyaml")}`,
    };
    const after = {
      "etc/passwd": `${small["etc/passwd"]}app:x:999\n`,
      "var/lib/dpkg/status": `${small["var/lib/dpkg/status"]}\n`,
    };
    const told = differences(large, small, before, after);
    expect(told.map((line) => line.split(" ")[0])).toEqual(["/etc/passwd", "/var/lib/dpkg/status"]);
  });

  test("is a package that the small image gets by a step and the large one has", () => {
    const large = { "var/lib/dpkg/status": status("base", "libyaml"), "usr/lib/libyaml.so": "yaml" };
    const small = { "var/lib/dpkg/status": status("base") };
    const after = { "var/lib/dpkg/status": status("base", "libyaml"), "usr/lib/libyaml.so": "yaml" };
    expect(differences(large, small, {}, after)).toEqual([]);
  });
});

describe("variables", () => {
  const [large, small] = ["PATH=/go/bin:/usr/bin", "PATH=/usr/bin"];
  const withEnv = (...Env: string[]): OpenImage => {
    const { tree, info } = imageOf({});
    return { tree, info: { ...info, config: { Env } } };
  };
  const env = (before: string, after: string) => {
    const bases = { before: withEnv(large, "GOPATH=/go"), after: withEnv(small) };
    return compareImages(withEnv(before), withEnv(after), "same-runtime", { bases }).differences.map(
      ({ what }) => what,
    );
  };

  test("that a step adds to are the bases' own but for that", () => {
    expect(env(`${large}:/srv/bin`, `${small}:/srv/bin`)).toEqual([]);
    expect(env("PATH=/srv/bin:/go/bin:/usr/bin", "PATH=/srv/bin:/usr/bin")).toEqual([]);
  });

  test("differ where a step adds something else, or what only the larger base has", () => {
    expect(env(`${large}:/srv/bin`, `${small}:/srv/sbin`)).toHaveLength(1);
    expect(env("GOBIN=/go/bin", "GOBIN=/bin")).toHaveLength(1);
  });
});

describe("an image on scratch", () => {
  const large = { "etc/passwd": "root:x:0\n", "etc/services": "http 80/tcp\n", "usr/bin/git": "git", "tmp/keep": "" };

  test("brings what it needs of the larger one as it was there", () => {
    const kept = { "etc/passwd": large["etc/passwd"], "tmp/keep": "" };
    expect(differences(large, {}, { "srv/shop": "shop" }, { ...kept, "srv/shop": "shop" })).toEqual([]);
  });

  test("needs folders for temporary files, and what it brings is the same", () => {
    expect(differences(large, {}, {}, { "etc/passwd": "web:x:1\n", "tmp/keep": "" })).toHaveLength(1);
    expect(differences(large, {}, {}, {})).toEqual(["/tmp folder is gone"]);
  });
});

describe("documentation", () => {
  const dpkg =
    "path-exclude /usr/share/doc/*\npath-exclude=/usr/share/man/*\npath-include /usr/share/doc/*/copyright\n";
  const small = { "etc/dpkg/dpkg.cfg.d/docker": dpkg };
  const copyright = { "usr/share/doc/file/copyright": "free" };

  test("of packages may be gone where dpkg of the small image leaves it out", () => {
    const pages = { "usr/share/doc/file/changelog": "1", "usr/share/man/man1/file.1": "file" };
    expect(differences({}, small, { ...copyright, ...pages }, copyright)).toEqual([]);
  });

  test("may be missing behind a link", () => {
    const page = "usr/share/man/man1/mawk.1";
    const lost = (files: Files) => {
      const [before, after] = [imageOf({ ...files, [page]: "mawk" }, `/${page}`), imageOf(files, `/${page}`)];
      return closureDifferences(before.tree, after.tree, {}).map(({ at }) => at);
    };
    expect(lost({})).toEqual([`/${page}`]);
    expect(lost(small)).toEqual([]);
  });

  test("stays where an exception says so, or no setting names it", () => {
    expect(differences({}, small, copyright, {})).toEqual(["/usr folder is gone, with 4 paths in it"]);
    expect(differences({}, {}, { "usr/share/doc/file/changelog": "1" }, {})).toHaveLength(1);
  });
});
