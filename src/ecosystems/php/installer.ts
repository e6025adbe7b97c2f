/** Composer's installer, fetched and run at once, as most Dockerfiles do (getcomposer.org/doc/faqs/how-to-install-composer-programmatically.md). */
import type { Command } from "../../shell/types.ts";
import { callOf } from "../call.ts";
import type { Call } from "../types.ts";

const ADDRESS = /^["']?(https?:\/\/)?getcomposer\.org\/installer["']?$/;

/** Options that name no place, but for the one that does. */
const OPTIONS = /^--(quiet|filename=[\w.-]+|version=[\w.-]+|[12]|2\.2|stable|no-ansi|ansi)$/;
const FOLDER = /^--install-dir=((?:\/usr(?:\/local)?)?\/bin)\/?$/;

/** Whether a call of PHP runs what it reads as the installer, which leaves Composer in a folder for programs. */
export function runsInstaller({ tool, args: [first, ...options] }: Call): boolean {
  return (
    /^php[\d.]*$/.test(tool) &&
    first === "--" &&
    options.some((word) => FOLDER.test(word ?? "")) &&
    options.every((word) => word !== undefined && (FOLDER.test(word) || OPTIONS.test(word)))
  );
}

/** Whether commands joined by `|` bring in Composer so, and nothing else. */
export function bringsComposer([first, second, ...more]: readonly Command[]): boolean {
  const [fetch, run] = [first && callOf(first), second && callOf(second)];
  if (!first || !fetch || !run || more.length > 0 || second?.redirects.length !== 0) return false;
  const [address, ...others] = first.words.slice(1).filter(({ raw }) => !raw.startsWith("-"));
  const isFetch = (fetch.tool === "curl" || fetch.tool === "wget") && first.redirects.length === 0;
  const isOutput =
    fetch.tool === "curl" ? !fetch.args.some((word) => /^(-\w*[oO]|--output)/.test(word ?? "")) : isSaid(fetch);
  return isFetch && isOutput && others.length === 0 && ADDRESS.test(address?.raw ?? "") && runsInstaller(run);
}

/** `wget -qO- ADDRESS`, whose dash may stand alone. */
function isSaid({ args }: Call): boolean {
  return args.some((word) => /^-\w*O-$/.test(word ?? "")) || args.join(" ").includes("-O -");
}

/** Whether the installer, or people, put Composer at the absolute `path`. */
export function isComposer(path: string): boolean {
  return /^\/usr\/(local\/)?bin\/composer$/.test(path);
}
