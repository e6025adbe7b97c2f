/** A stage stands in the place of a Java image only as refit writes it. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parseDockerfile } from "../../src/dockerfile/index.ts";
import { factsOf, linkedBase } from "../../src/image/index.ts";

const folder = resolve(import.meta.dirname, "../../snapshots/slim-base/jlink");
const [before, after] = ["before", "after"].map((name) => readFileSync(resolve(folder, `${name}.Dockerfile`), "utf8"));

const linkedIn = (text: string) => linkedBase(factsOf(parseDockerfile(before!)), factsOf(parseDockerfile(text)));

test("as refit writes it, pinned or not", () => {
  const linked = { image: "eclipse-temurin:21-jdk-noble", stage: "java" };
  expect(linkedIn(after!)).toEqual(linked);
  const digest = `@sha256:${"12".repeat(32)}`;
  expect(linkedIn(after!.replace("ubuntu:24.04", `$&${digest}`).replace(" AS jlink", `${digest}$&`))).toEqual(linked);
});

test.each<[string, RegExp, string]>([
  ["another release", /ubuntu:24\.04/, "ubuntu:22.04"],
  ["another JDK", /FROM (eclipse-temurin):21-jdk-noble AS jlink/, "FROM $1:17-jdk-noble AS jlink"],
  [
    "more to the command",
    / &?&? ?\\\n +&& opt\/java\/openjdk\/bin\/java -Xshare:dump/,
    " && rm -r opt/java/openjdk/conf",
  ],
  ["another place", /COPY --from=jlink \/jlink \//, "COPY --from=jlink /jlink /opt"],
  ["another variable", /LC_ALL=en_US\.UTF-8/, "LC_ALL=C"],
  ["a step of its own", /(ENTRYPOINT .*\n)\n/, "$1RUN rm /etc/localtime\n\n"],
  ["a name that the file had", /jlink/g, "build"],
  ["no stage at all", /FROM java/, "FROM ubuntu:24.04"],
])("not with %s", (_, what, instead) => {
  const changed = after!.replace(what, instead);
  expect(changed).not.toBe(after);
  expect(linkedIn(changed)).toBeUndefined();
});
