/** A Java of fewer modules: whether class files name what is not in it. */
import { expect, test } from "vitest";
import { closureDifferences } from "../../src/engine/closure/index.ts";
import type { ImageInfo } from "../../src/engine/types.ts";
import { type Content, diskTree, foldersHere } from "./disk-tree.ts";
import { writeElf } from "./elf-writer.ts";
import { writeArchive, writeClass, writeModules } from "./java-writer.ts";

const folderOf = foldersHere();

const WHOLE = {
  "java.base": ["java/lang", "java/util"],
  "java.sql": ["java/sql"],
  "java.desktop": ["java/awt", "java/beans"],
  "java.net.http": ["java/net/http"],
};

function javaOf(modules: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, Content>> {
  return { "opt/java/bin/java": { bytes: writeElf({}) }, "opt/java/lib/modules": { bytes: writeModules(modules) } };
}

/** What is lost where an image with `files` gets a Java of `modules` in the place of the whole one. */
function lost(
  modules: readonly (keyof typeof WHOLE)[],
  files: Readonly<Record<string, Buffer>>,
  config: ImageInfo["config"] = { Cmd: ["/opt/java/bin/java", "-jar", "/srv/shop.jar"] },
): readonly string[] {
  const brought = Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, { bytes }]));
  const fonts = { "etc/fonts/fonts.conf": "<fontconfig/>\n" };
  const linked = Object.fromEntries(modules.map((name) => [name, WHOLE[name]]));
  const [before, after] = [
    { ...javaOf(WHOLE), ...brought, ...fonts },
    { ...javaOf(linked), ...brought },
  ].map((written) => diskTree(folderOf(written)));
  return closureDifferences(before!, after!, config).map(({ what }) => what);
}

const names = (...classes: readonly string[]) =>
  writeArchive({ "shop/Shop.class": writeClass("shop/Shop", ["java/lang/Object", ...classes]) });

test("what class files name is there", () => {
  expect(lost(["java.base", "java.sql"], { "srv/shop.jar": names("java/sql/Connection") })).toEqual([]);
});

test("each missing module is told, by a class, a descriptor, and a file beside archives", () => {
  const described = writeArchive({ "shop/Beans.class": writeClass("shop/Beans", [], ["java/beans/Encoder"]) });
  const files = {
    "srv/shop.jar": names("java/sql/Connection"),
    "srv/lib/beans.jar": described,
    "srv/classes/Client.class": writeClass("Client", ["[Ljava/net/http/HttpClient;"]),
  };
  expect(lost(["java.base"], files)).toEqual([
    "the module java.net.http, which /srv/classes/Client.class names, is missing",
    "the module java.desktop, which /srv/lib/beans.jar names, is missing",
    "the module java.sql, which /srv/shop.jar names, is missing",
  ]);
});

test("archives in archives count, and a class that an archive has itself does not", () => {
  const inner = names("java/sql/Connection");
  const files = { "srv/shop.jar": writeArchive({ "BOOT-INF/lib/tables.jar": inner }) };
  expect(lost(["java.base"], files)).toEqual(["the module java.sql, which /srv/shop.jar names, is missing"]);
  const own = writeArchive({ "java/sql/Connection.class": writeClass("java/sql/Connection", []) });
  expect(lost(["java.base"], { ...files, "srv/sql.jar": own })).toEqual([]);
});

test("a Java that something unknown starts is found by PATH", () => {
  const config = { Env: ["PATH=/usr/bin:/opt/java/bin"], Entrypoint: ["/srv/start"] };
  expect(lost(["java.base"], { "srv/shop.jar": names("java/sql/Connection") }, config)).toEqual([
    "the module java.sql, which /srv/shop.jar names, is missing",
  ]);
});

test("what draws text looks for fonts", () => {
  const modules = ["java.base", "java.desktop"] as const;
  expect(lost(modules, { "srv/shop.jar": names("java/awt/image/BufferedImage") })).toEqual([]);
  expect(lost(modules, { "srv/shop.jar": names("java/awt/Graphics2D") })).toEqual([
    "/etc/fonts/fonts.conf, which /srv/shop.jar looks fonts up in, is missing",
  ]);
});

test("a damaged archive or class says nothing", () => {
  const whole = names("java/sql/Connection");
  const files = {
    "srv/cut.jar": whole.subarray(0, 40),
    "srv/empty.jar": Buffer.alloc(0),
    "srv/Cut.class": writeClass("Cut", ["java/sql/Connection"]).subarray(0, 30),
  };
  expect(lost(["java.base"], files)).toEqual([]);
});
