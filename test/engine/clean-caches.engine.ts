/**
 * clean-caches with Debian's own package manager (ADR 0020): the image is the same, and its layers hold an index less. What `apt-get clean`
 * touches is seen as well.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { memoryContext } from "../../src/context/index.ts";
import { refit } from "../../src/pipeline/index.ts";
import { transforms } from "../../transforms/index.ts";
import { build, outputOf, sizeOf } from "./image.ts";

const used = transforms.filter(({ name }) => name === "clean-caches");

const files: Readonly<Record<string, string>> = {
  "app/run": "#!/bin/sh\nexec sleep 1\n",
  "repository/Packages": Array.from({ length: 5_000 }, (_, index) => stanza(`tool${index}`)).join("\n"),
};

/** Of an index, with what can't be compressed. */
function stanza(name: string): string {
  const fields = ["Version: 1", "Architecture: all", "Filename: ./tool.deb", "Size: 1", `SHA256: ${"0".repeat(64)}`];
  return `Package: ${name}\n${fields.join("\n")}\nDescription: ${randomBytes(200).toString("hex")}\n`;
}

const context = mkdtempSync(join(tmpdir(), "refit-clean-caches-"));
afterAll(() => rmSync(context, { recursive: true, force: true }));
for (const [path, text] of Object.entries(files)) {
  mkdirSync(join(context, path, ".."), { recursive: true });
  writeFileSync(join(context, path), text, { mode: 0o755 });
}

const base = [
  "FROM debian:trixie",
  "COPY repository /repository",
  "RUN rm -rf /etc/apt/sources.list.d && echo 'deb [trusted=yes] copy:/repository ./' > /etc/apt/sources.list",
];

// Packages that are installed would leave logs that differ from build to build.
const lines = [
  ...base,
  "RUN apt-get update",
  "COPY app /src",
  "RUN chmod +x /src/*",
  "VOLUME /data",
  "RUN cd /src && apt-get update",
  "COPY app /app",
  "RUN apt-get clean && rm -rf /var/lib/apt/lists/* /tmp/* /var/tmp/*",
];

test("an index that a later step removes is in no layer, and the image is the same", () => {
  const before = `${lines.join("\n")}\n`;
  const { after } = refit(before, { transforms: used, context: memoryContext(files), strict: true });
  expect(after.match(/rm -rf \/var\/lib/g)).toHaveLength(3);
  const [old, now] = [before, after].map((text) => build(text, context).id!) as [string, string];
  expect(shown(now, FILES)).toBe(shown(old, FILES));
  expect(sizeOf(old) - sizeOf(now)).toBeGreaterThan(2e6);
});

test("`apt-get clean` leaves the indexes as they are", () => {
  const listing = (command: string) =>
    `${command} && find /var/lib/apt/lists -type f ! -name lock -printf '%P %s\\n' | sort > /listing`;
  const start = `${base.join("\n")}\nRUN apt-get update\nRUN `;
  const [left, cleaned] = ["true", "apt-get clean -y"].map((command) =>
    shown(build(`${start}${listing(command)}\n`, context).id!, "cat /listing"),
  );
  expect(left).not.toBe("");
  expect(cleaned).toBe(left);
});

/** All files, with what they are and hold. */
const FILES =
  "find / -xdev -printf '%p %y %m %U:%G %l\\n' -type f -exec sha256sum {} + | sort | grep -v ' /etc/hosts$'";

function shown(image: string, command: string): string {
  return outputOf(image, ["sh", "-c", command], ["--network=none", "--hostname=here"]);
}
