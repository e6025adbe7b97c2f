/** What tar and unzip read and write: an archive, and the folder that it is unpacked in. */
import { posix } from "node:path";
import { PROGRAM_FOLDERS } from "./system.ts";
import type { Call, Footprint, Surroundings } from "./types.ts";

/** Undefined where it packs, or where an option may do more. */
export function unpackFootprint(call: Call, { cwd }: Surroundings): Footprint | undefined {
  const said = call.tool === "tar" ? tarWords(call.args) : unzipWords(call.args);
  if (!said) return undefined;
  const { archive, folder = "." } = said;
  const words = [folder, ...(archive === undefined || archive === "-" ? [] : [archive])];
  const anywhere = words.every((word) => word.startsWith("/"));
  if (!anywhere && cwd === undefined) return undefined;
  const [target, ...archives] = words.map((word) => posix.resolve(cwd ?? "/", word)) as [string, ...string[]];
  // Decompressors are programs of their own, and owners are looked up by name.
  return { reads: [...PROGRAM_FOLDERS, ...archives, target], writes: [target], network: false, anywhere };
}

interface Said {
  archive?: string;
  folder?: string;
}

const TAR_PLAIN =
  /^--(strip-components=\d+|strip=\d+|no-same-owner|same-owner|no-same-permissions|overwrite|gzip|xz|bzip2|verbose|extract|exclude=.*)$/;

function tarWords(args: Call["args"]): Said | undefined {
  const said: Said = {};
  let [unpacks, isFirst] = [false, true];
  const words = [...args];
  while (words.length > 0) {
    const word = words.shift();
    if (word === undefined) return undefined;
    const letters = /^-?([a-zA-Z]+)$/.exec(word)?.[1];
    if (letters !== undefined && (isFirst || word.startsWith("-"))) {
      if (!/^[xzjJvfCpmok]+$/.test(letters)) return undefined;
      unpacks ||= letters.includes("x");
      for (const letter of letters.match(/[fC]/g) ?? []) {
        const value = words.shift();
        if (value === undefined) return undefined;
        said[letter === "f" ? "archive" : "folder"] = value;
      }
    } else if (/^-C./.test(word)) said.folder = word.slice(2);
    else if (/^--(directory|file)=/.test(word))
      said[word.startsWith("--d") ? "folder" : "archive"] = word.replace(/^.*?=/, "");
    else if (/^--(strip-components|strip)$/.test(word)) words.shift();
    else if (/^--extract$/.test(word)) unpacks = true;
    else if (word.startsWith("-") && word !== "-" && !TAR_PLAIN.test(word)) return undefined;
    isFirst = false;
  }
  return unpacks ? said : undefined;
}

function unzipWords(args: Call["args"]): Said | undefined {
  const said: Said = {};
  const words = [...args];
  while (words.length > 0) {
    const word = words.shift();
    if (word === undefined) return undefined;
    if (word === "-d") {
      const folder = words.shift();
      if (folder === undefined) return undefined;
      said.folder = folder;
    } else if (word.startsWith("-")) {
      if (!/^-[qojunv]+$/.test(word)) return undefined;
    } else said.archive ??= word;
  }
  return said.archive === undefined || /[*?[]/.test(said.archive) ? undefined : said;
}
