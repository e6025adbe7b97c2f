/** Reports of scanners, written by hand from the documents that describe them: no scanner can be installed here. */
import { expect, test } from "vitest";
import { SCANNERS } from "../../src/engine/scan/scanners.ts";

const trivy = {
  SchemaVersion: 2,
  ArtifactName: "scanned.tar",
  ArtifactType: "container_image",
  Results: [
    { Target: "scanned.tar (debian 13.1)", Class: "os-pkgs", Type: "debian" },
    {
      Target: "Node.js",
      Class: "lang-pkgs",
      Type: "node-pkg",
      Vulnerabilities: [
        { VulnerabilityID: "CVE-2021-23337", PkgName: "lodash", InstalledVersion: "4.17.20", Severity: "HIGH" },
        { VulnerabilityID: "CVE-2020-28500", PkgName: "lodash", InstalledVersion: "4.17.20", Severity: "MEDIUM" },
      ],
    },
  ],
};

const grype = {
  matches: [
    {
      vulnerability: { id: "GHSA-35jh-r3h4-6jhm", severity: "High", fix: { versions: ["4.17.21"], state: "fixed" } },
      relatedVulnerabilities: [{ id: "CVE-2021-23337" }],
      artifact: { name: "lodash", version: "4.17.20", type: "npm" },
    },
    { vulnerability: { id: "CVE-2016-2781", severity: "Negligible" }, artifact: { name: "coreutils", version: "9.7" } },
  ],
  source: { type: "image" },
  descriptor: { name: "grype" },
};

const scout = {
  version: "15.0.6",
  scan: { type: "container_scanning", status: "success" },
  vulnerabilities: [
    {
      id: "5c0f51c7d7a7",
      severity: "Critical",
      location: { image: "scanned.tar", dependency: { package: { name: "zlib" }, version: "1.2.11" } },
      identifiers: [
        { type: "cwe", name: "CWE-787", value: "787" },
        { type: "cve", name: "CVE-2022-37434", value: "CVE-2022-37434" },
      ],
    },
  ],
};

test.each([
  [
    "trivy",
    trivy,
    [
      { id: "CVE-2021-23337", severity: "high", package: "lodash 4.17.20" },
      { id: "CVE-2020-28500", severity: "medium", package: "lodash 4.17.20" },
    ],
  ],
  [
    "grype",
    grype,
    [
      { id: "GHSA-35jh-r3h4-6jhm", severity: "high", package: "lodash 4.17.20" },
      { id: "CVE-2016-2781", severity: "negligible", package: "coreutils 9.7" },
    ],
  ],
  ["docker scout", scout, [{ id: "CVE-2022-37434", severity: "critical", package: "zlib 1.2.11" }]],
])("a report of %s is read", (name, report, findings) => {
  expect(SCANNERS.find((scanner) => scanner.name === name)!.read(report)).toEqual(findings);
});

test("what is no report is not taken for one without findings", () => {
  const strange = [undefined, null, "", [], {}, { error: "no database" }, { Results: [] }, { vulnerabilities: "none" }];
  for (const scanner of SCANNERS)
    expect(strange.map((report) => scanner.read(report))).toEqual(strange.map(() => undefined));
});

test("an image in which nothing is found has a report", () => {
  const [first, second, third] = SCANNERS;
  expect(first!.read({ SchemaVersion: 2, ArtifactType: "container_image" })).toEqual([]);
  expect(second!.read({ matches: [] })).toEqual([]);
  expect(third!.read({ vulnerabilities: [] })).toEqual([]);
});
