import { describe, expect, test } from "vitest";
import { agreedConfig, baseConfigOf, mayHold } from "../../src/bases/index.ts";

describe("the configuration of an image", () => {
  test("that sets nothing is root's, in the root folder", () => {
    const config = baseConfigOf({ config: null, history: null });
    expect(config).toMatchObject({ user: "", cwd: "/", entrypoint: [], checks: false, triggers: [], volumes: [] });
    expect(config.shell).toBeUndefined();
  });

  test("as Docker and BuildKit write it", () => {
    const { env, ...config } = baseConfigOf({
      config: {
        ...{ User: "app:www", WorkingDir: "/srv", Env: ["PATH=/bin", "OPTIONS=a=b", "EMPTY="], Entrypoint: ["tini"] },
        ...{ Healthcheck: { Test: ["CMD", "true"] }, Shell: ["/bin/bash", "-c"], OnBuild: ["RUN make"] },
        Volumes: { "/data": {} },
      },
      history: [{ created_by: "ADD rootfs / # buildkit" }, { created_by: "ENV EMPTY=", empty_layer: true }],
    });
    expect([...env]).toEqual([
      ["PATH", "/bin"],
      ["OPTIONS", "a=b"],
      ["EMPTY", ""],
    ]);
    expect(config).toEqual({
      ...{ user: "app:www", cwd: "/srv", entrypoint: ["tini"], checks: true, shell: ["/bin/bash", "-c"] },
      ...{ triggers: ["RUN make"], volumes: ["/data"], histories: [["ADD rootfs / # buildkit"]] },
    });
  });

  test.each(["", "0", "root", "0:0", "root:root"])("user %j is root", (User) => {
    expect(baseConfigOf({ config: { User } }).user).toBe("");
  });

  test("a health check that is switched off asks for nothing", () => {
    expect(baseConfigOf({ config: { Healthcheck: { Test: ["NONE"] } } }).checks).toBe(false);
    expect(baseConfigOf({ config: { Healthcheck: {} } }).checks).toBe(false);
  });
});

describe("on several platforms", () => {
  const configOf = (User: string, home: string) =>
    baseConfigOf({ config: { User, Env: ["LANG=C", `JAVA_HOME=${home}`] }, history: [{ created_by: home }] });

  test("variables may differ, and are not known then", () => {
    const agreed = agreedConfig([configOf("app", "/amd64"), configOf("app", "/arm64")]);
    expect([...agreed!.env]).toEqual([
      ["LANG", "C"],
      ["JAVA_HOME", undefined],
    ]);
    expect(agreed).toMatchObject({ user: "app", histories: [["/amd64"], ["/arm64"]] });
  });

  test("nothing is known where users differ, and of no platform", () => {
    expect(agreedConfig([configOf("app", "/amd64"), configOf("", "/amd64")])).toBeUndefined();
    expect(agreedConfig([])).toBeUndefined();
  });
});

describe("an image may have something in /srv/shop", () => {
  const holds = (...layers: readonly string[]) =>
    mayHold(baseConfigOf({ history: layers.map((created_by) => ({ created_by })) }), "/srv/shop");
  const root = "/bin/sh -c #(nop) ADD file:0f2d in / ";

  test.each([
    ["names it", "RUN /bin/sh -c mkdir -p /srv/shop && touch /srv/shop/a # buildkit"],
    ["names it from the root folder", "/bin/sh -c git clone https://example.com/shop.git srv/shop"],
    ["names it as an option has it", "RUN |1 HOME=/home/app /bin/sh -c npm install --prefix=/srv/shop # buildkit"],
    ["is copied to it", "COPY package.json /srv/shop/ # buildkit"],
    ["is copied to a folder above", "COPY rootfs / # buildkit"],
    ["is copied to a folder above, as classic builders say it", "/bin/sh -c #(nop) COPY dir:0a1b in /srv "],
    ["is copied to where a variable says", "COPY files $HOME/ # buildkit"],
    ["nobody says what made it", ""],
  ])("where a layer %s", (_, layer) => {
    expect(holds(root, layer)).toBe(true);
  });

  test.each(["/srv/shop", "/srv", "/srv/shop/api", "$HOME"])("where one is made in %s", (folder) => {
    expect(holds(root, `WORKDIR ${folder}`, "RUN /bin/sh -c npm init -y # buildkit")).toBe(true);
  });

  test("where all is one layer of which nobody says a thing", () => {
    expect(holds("")).toBe(true);
  });

  test.each([
    [["RUN /bin/sh -c apt-get update && apt-get install -y nodejs # buildkit"]],
    [["WORKDIR /srv/shop"]],
    [["/bin/sh -c #(nop) WORKDIR /srv/shop"]],
    [["WORKDIR /home/app", "COPY bin ./bin # buildkit", "RUN /bin/sh -c touch /srv/shopping # buildkit"]],
    [["COPY start /usr/local/bin/ # buildkit", '/bin/sh -c #(nop)  CMD ["node"]']],
  ])("and has nothing there after %j", (layers) => {
    expect(holds(root, ...layers)).toBe(false);
    expect(holds("", ...layers)).toBe(false);
  });

  test("and a user of the same name is no folder", () => {
    const layers = (command: string) => [{ created_by: root }, { created_by: `RUN /bin/sh -c ${command} # buildkit` }];
    const holdsApp = (command: string) => mayHold(baseConfigOf({ history: layers(command) }), "/app");
    expect(holdsApp("useradd --create-home --home-dir /home/app app && chown app /srv")).toBe(false);
    expect(holdsApp("useradd app && mkdir app")).toBe(true);
    expect(holdsApp("cp -r /tmp/files ./app")).toBe(true);
    expect(holdsApp("install -d $ROOT/app")).toBe(true);
    expect(holdsApp("install -d /home/app")).toBe(false);
  });

  test("and has nothing there where it is a distribution's alone", () => {
    expect(holds(root)).toBe(false);
    expect(holds("ADD rootfs.tar.xz / # buildkit")).toBe(false);
    expect(holds("COPY rootfs / # buildkit")).toBe(true);
  });
});
