/** What curl and wget read and write: their settings, and the files that their options name. */
import { posix } from "node:path";
import { homeOf, PROGRAM_FOLDERS } from "./system.ts";
import type { Call, Footprint, Surroundings } from "./types.ts";

interface Options {
  /** Take no value, or one that names no file; a regular expression for the whole name. */
  readonly plain: RegExp;
  /** Take the next word, which names no file. */
  readonly valued: RegExp;
  /** Take the next word: the file to write. */
  readonly output: RegExp;
  /** Take the next word: the folder to write in. */
  readonly folder: RegExp;
  /** Write a file called as the address ends; undefined where that is so without `output`. */
  readonly named?: RegExp;
  /** Below the home folder. */
  readonly settings: readonly string[];
  readonly keeps: readonly string[];
}

const CURL: Options = {
  plain:
    /^(-[fsSLkigv#N46O]|--(fail|silent|show-error|location|insecure|progress-bar|compressed|create-dirs|remote-name|globoff|no-progress-meter|retry-all-errors|retry-connrefused|fail-with-body|tlsv1(\.\d)?|http\d(\.\d)?|ipv[46]|include|verbose))$/,
  valued:
    /^(-[AHemuX]|--(retry|retry-delay|retry-max-time|connect-timeout|max-time|header|user-agent|user|request|proto|proto-redir|referer|max-redirs|speed-limit|speed-time|url))$/,
  output: /^(-o|--output)$/,
  folder: /^--output-dir$/,
  named: /^(-O|--remote-name)$/,
  settings: [".curlrc", ".config/curlrc", ".netrc"],
  keeps: [],
};

const WGET: Options = {
  plain:
    /^(-[qvSc46]|-n[vc]|--(quiet|no-verbose|verbose|no-check-certificate|show-progress|continue|no-clobber|https-only|no-cookies|no-cache|server-response|progress|retry-connrefused|no-hsts|inet[46]-only))$/,
  valued: /^(-[tTUw]|--(tries|timeout|user-agent|header|wait|waitretry|user|password|max-redirect|secure-protocol))$/,
  output: /^(-O|--output-document)$/,
  folder: /^(-P|--directory-prefix)$/,
  settings: [".wgetrc", ".netrc"],
  keeps: [".wget-hsts"],
};

/** Undefined where an option may make it read or write other files, or where a file's name is not known. */
export function downloadFootprint(call: Call, surroundings: Surroundings): Footprint | undefined {
  const options = call.tool === "curl" ? CURL : WGET;
  const said = wordsOf(call.args, options);
  const home = homeOf(surroundings);
  if (!said || home === undefined) return undefined;
  const { addresses, outputs, folder, isNamed } = said;
  if (addresses.length === 0 || !addresses.every((word) => /^"?((https?|ftp):\/\/|[\w.-]+\.\w+(\/|$))/i.test(word)))
    return undefined;
  const names = isNamed || (!options.named && outputs.length === 0) ? addresses.map(nameOf) : [];
  if (names.includes(undefined)) return undefined;
  const files = [...outputs.filter((file) => file !== "-"), ...(names as string[])];
  const paths = files.map((file) => posix.join(file.startsWith("/") ? "" : folder, file));
  const { cwd } = surroundings;
  if (cwd === undefined && paths.some((path) => !path.startsWith("/"))) return undefined;
  const writes = paths.map((path) => posix.resolve(cwd ?? "/", path)).filter((path) => !path.startsWith("/dev/"));
  const below = (names: readonly string[]) => names.map((name) => posix.join(home, name));
  return {
    reads: [...PROGRAM_FOLDERS, ...below(options.settings), ...below(options.keeps), ...writes],
    writes: [...writes, ...below(options.keeps)],
    network: true,
    anywhere: paths.every((path) => path.startsWith("/")),
  };
}

interface Said {
  readonly addresses: readonly string[];
  readonly outputs: readonly string[];
  readonly folder: string;
  readonly isNamed: boolean;
}

function wordsOf(args: Call["args"], options: Options): Said | undefined {
  const addresses: string[] = [];
  const outputs: string[] = [];
  let [folder, isNamed] = ["", false];
  const words = args.flatMap(separated);
  while (words.length > 0) {
    const word = words.shift();
    if (word === undefined) return undefined;
    const [name, value] = /^(--[\w-]+)=(.*)$/s.exec(word)?.slice(1) ?? [word, undefined];
    if (!/^-./.test(word)) addresses.push(word);
    else if (options.output.test(name!) || options.folder.test(name!)) {
      const path = value ?? words.shift();
      if (path === undefined) return undefined;
      if (options.output.test(name!)) outputs.push(path);
      else folder = path;
    } else if (options.valued.test(name!)) {
      // `curl -H @file` reads it.
      if ((value ?? words.shift())?.startsWith("@") !== false) return undefined;
    } else if (!options.plain.test(name!)) return undefined;
    isNamed ||= options.named?.test(name!) ?? false;
  }
  return { addresses, outputs, folder, isNamed };
}

/** `-fsSLo` is `-f -s -S -L -o`; `-O-` is `-O -`; `-nv` is one. */
function separated(word: string | undefined): (string | undefined)[] {
  const [, letters, rest = ""] =
    /^-([A-Za-z#46]{2,})(-|\/.*)?$/s.exec(word ?? "") ?? /^-([A-Za-z])(-|\/.*)$/s.exec(word ?? "") ?? [];
  if (letters === undefined || /^n[vc]$/.test(letters)) return [word];
  return [...[...letters].map((letter) => `-${letter}`), ...(rest === "" ? [] : [rest])];
}

/** What an address is called on disk, where it says so. */
function nameOf(address: string): string | undefined {
  return /^"?[a-z]+:\/\/[^/]+\/(?:[^?#]*\/)?([\w.+~%-]+)"?$/i.exec(address)?.[1];
}
