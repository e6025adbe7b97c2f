/** The client against a real registry (Distribution, Debian's package docker-registry). */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { baseConfigOf } from "../../src/bases/index.ts";
import { openRegistries, resolveAll } from "../../src/registry/index.ts";
import { leaveOut } from "../leave-out.ts";
import { logins, missingForDistribution, type Registry, startRegistry } from "./distribution.ts";
import { type Digests, imageOf, kinds, pushImages, pushIndex } from "./images.ts";
import { IDENTITY_TOKEN, PASSWORD, USERNAME } from "./token-server.ts";

const repository = "team/app";
const auth = Buffer.from(`${USERNAME}:${PASSWORD}`).toString("base64");

if (missingForDistribution) leaveOut("the client against a real registry", missingForDistribution);
else describe.each(logins)("a registry with login %s", against);

function against(login: (typeof logins)[number]) {
  let registry: Registry;
  let digests: Digests;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "refit-docker-"));
    registry = await startRegistry(login);
    digests = await pushImages(registry.host, repository);
  });
  afterAll(() => {
    registry.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const nameOf = (tag: string) => `${registry.host}/${repository}:${tag}`;

  /** An environment whose Docker config is `config`. */
  function configured(name: string, config: object): NodeJS.ProcessEnv {
    const home = join(folder, name);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "config.json"), JSON.stringify(config));
    return { ...process.env, DOCKER_CONFIG: home };
  }

  /** A credential helper that knows `registry` and prints what `docker-credential-*` prints. */
  function helped(name: string, answer: object, config: object): NodeJS.ProcessEnv {
    const program = join(folder, `docker-credential-${name}`);
    const known = `[ "$server" = "${registry.host}" ] && echo '${JSON.stringify(answer)}' && exit 0`;
    writeFileSync(
      program,
      `#!/bin/sh\nread -r server || true\n${known}\necho credentials not found in native keychain\nexit 1\n`,
      { mode: 0o755 },
    );
    return { ...configured(name, config), PATH: `${folder}${delimiter}${process.env.PATH}` };
  }

  async function expectAll(env: NodeJS.ProcessEnv) {
    const resolutions = await resolveAll(kinds.map(nameOf), { env });
    expect(resolutions).toEqual(new Map(kinds.map((kind) => [nameOf(kind), { digest: digests[kind] }])));
  }

  test("the configuration is that of the image, whatever kind of manifest a tag names", async () => {
    const env = configured("config", { auths: { [`https://${registry.host}/v2/`]: { auth } } });
    const answers = await openRegistries({ env }).images(kinds.map(nameOf));
    const config = baseConfigOf(imageOf("amd64"));
    expect(answers).toEqual(new Map(kinds.map((kind) => [nameOf(kind), { config }])));
  });

  test("the configuration is what platforms of Linux agree on", async () => {
    const env = configured("config", { auths: { [`https://${registry.host}/v2/`]: { auth } } });
    await pushIndex(registry.host, repository, "several", [
      ["linux", "amd64"],
      ["linux", "arm64"],
      ["windows", "amd64"],
      ["unknown", "unknown"],
    ]);
    await pushIndex(registry.host, repository, "windows", [["windows", "amd64"]]);
    const names = ["several", "windows", "absent"].map(nameOf);
    const answers = await openRegistries({ env }).images(names);
    const [several, windows, absent] = names.map((name) => answers.get(name));
    expect(several).toMatchObject({ config: { user: "app", cwd: "/srv" } });
    expect(several).toHaveProperty(
      "config.env",
      new Map([
        ["LEVEL", "1"],
        ["ARCH", undefined],
      ]),
    );
    expect(windows).toEqual({ unresolved: "team/app is not for Linux" });
    expect(absent).toEqual({ unresolved: `${registry.host} has no image team/app:absent` });
  });

  test("X9: the digest is that of the index, whatever kind of manifest a tag names", () =>
    expectAll(configured("auths", { auths: { [registry.host]: { auth } } })));

  test("an entry of config.json may be an address", () =>
    expectAll(configured("address", { auths: { [`https://${registry.host}/v1/`]: { auth } } })));

  test("a credential store is asked", () =>
    expectAll(
      helped(
        "store",
        { ServerURL: registry.host, Username: USERNAME, Secret: PASSWORD },
        { credsStore: "store", auths: { [registry.host]: {} } },
      ),
    ));

  test("a credential helper for the one registry goes before the store", () =>
    expectAll(
      helped(
        "one",
        { Username: USERNAME, Secret: PASSWORD },
        { credsStore: "absent", credHelpers: { [registry.host]: "one" } },
      ),
    ));

  test("a helper that is not installed leaves the entry in config.json", () =>
    expectAll(configured("fallback", { credsStore: "absent", auths: { [registry.host]: { auth } } })));

  test("an image that is not there is said to be missing", async () => {
    const env = configured("missing", { auths: { [registry.host]: { auth } } });
    expect(await resolveAll([nameOf("absent")], { env })).toEqual(
      new Map([[nameOf("absent"), { unresolved: `${registry.host} has no image ${repository}:absent` }]]),
    );
  });

  if (login === "none") return;

  test.each([
    ["no login", {}],
    ["a wrong password", { auth: Buffer.from(`${USERNAME}:pass`).toString("base64") }],
  ])("with %s the reason speaks of the login", async (name, entry) => {
    const env = configured(name.replaceAll(" ", "-"), { auths: { [registry.host]: entry } });
    const resolution = (await resolveAll([nameOf("oci-index")], { env })).get(nameOf("oci-index"));
    expect(resolution).toEqual({ unresolved: expect.stringMatching(/login/) });
  });

  if (login === "basic") return;

  test("an identity token is traded for a token", () =>
    expectAll(configured("identity", { auths: { [registry.host]: { identitytoken: IDENTITY_TOKEN } } })));

  test("a helper may hand out an identity token", () =>
    expectAll(helped("token", { Username: "<token>", Secret: IDENTITY_TOKEN }, { credsStore: "token" })));

  test("many questions at once about one repository ask for one token", async () => {
    const env = configured("many", { auths: { [registry.host]: { auth } } });
    const before = registry.tokenRequests();
    await resolveAll([...kinds.map(nameOf), ...Array.from({ length: 100 }, (_, n) => nameOf(`absent-${n}`))], { env });
    expect(registry.tokenRequests() - before).toBe(1);
  });
}
