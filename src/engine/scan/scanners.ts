/**
 * Vulnerability scanners by their command lines and reports, as their documentation has them. None of them can be installed where
 * refit is developed: what stands here is tested on reports written by hand from those documents, not on the programs.
 */
import { asObject, type JsonObject } from "../../context/index.ts";

/** One vulnerability of one package. */
export interface Finding {
  /** `CVE-2024-1234` */
  readonly id: string;
  /** In lower case. */
  readonly severity: string;
  /** With its version. */
  readonly package: string;
}

export interface Scanner {
  readonly name: string;
  readonly program: string;
  /** Says by exit code 0 that it is there. */
  readonly presence: readonly string[];
  /** Scans an archive as `docker save` makes it. The report is written to `report`, or printed where no argument names that file. */
  scan(archive: string, report: string): readonly string[];
  /** Undefined for what is no report. */
  read(report: unknown): readonly Finding[] | undefined;
}

/** In the order in which they are tried. */
export const SCANNERS: readonly Scanner[] = [
  {
    // trivy.dev, "Reporting"
    name: "trivy",
    program: "trivy",
    presence: ["--version"],
    scan: (archive) => ["image", "--quiet", "--format=json", "--scanners=vuln", `--input=${archive}`],
    read: (report) =>
      // An image without any package that trivy knows has no results.
      asObject(report)?.SchemaVersion === undefined
        ? undefined
        : listOf(report, "Results").flatMap((result) =>
            listOf(result, "Vulnerabilities").map((found) =>
              finding(found.VulnerabilityID, found.Severity, [found.PkgName, found.InstalledVersion]),
            ),
          ),
  },
  {
    // github.com/anchore/grype, "Output formats"
    name: "grype",
    program: "grype",
    presence: ["version"],
    scan: (archive) => [`docker-archive:${archive}`, "--quiet", "--output=json"],
    read: (report) =>
      Array.isArray(asObject(report)?.matches)
        ? listOf(report, "matches").map(({ vulnerability, artifact }) => {
            const [found, where] = [asObject(vulnerability) ?? {}, asObject(artifact) ?? {}];
            return finding(found.id, found.severity, [where.name, where.version]);
          })
        : undefined,
  },
  {
    // docs.docker.com, "docker scout cves"; GitLab's "Container scanning report format"
    name: "docker scout",
    program: "docker",
    presence: ["scout", "version"],
    scan: (archive, report) => ["scout", "cves", "--format=gitlab", `--output=${report}`, `archive://${archive}`],
    read: (report) =>
      Array.isArray(asObject(report)?.vulnerabilities)
        ? listOf(report, "vulnerabilities").map((found) => {
            const identifiers = listOf(found, "identifiers");
            const [first] = [...identifiers.filter(({ type }) => type === "cve"), ...identifiers];
            const where = asObject(asObject(found.location)?.dependency) ?? {};
            return finding(first?.value ?? found.id, found.severity, [asObject(where.package)?.name, where.version]);
          })
        : undefined,
  },
];

function finding(id: unknown, severity: unknown, where: readonly unknown[]): Finding {
  return { id: String(id), severity: String(severity ?? "unknown").toLowerCase(), package: where.join(" ") };
}

function listOf(value: unknown, key: string): readonly JsonObject[] {
  const list = asObject(value)?.[key];
  return Array.isArray(list) ? list.map(asObject).filter((item) => item !== undefined) : [];
}
