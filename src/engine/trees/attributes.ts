/** Extended attributes of files on disk, by getfattr(1): Node has no call for them. */
import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, lstatSync, openSync } from "node:fs";
import { decodeBytes, encodeText } from "../../text/index.ts";

type Attributes = Readonly<Record<string, string>>;

/** What the machine puts on files; no image holds it. */
const OF_THE_MACHINE = ["security.selinux", "security.ima", "security.evm"];

export function canReadAttributes(): boolean {
  return spawnSync("getfattr", ["--version"]).status === 0;
}

/** Bytes of names that one call is given; the kernel takes two megabytes. */
const MOST_AT_ONCE = 500_000;

/** Of those of `paths` below `folder` that have any. */
export function attributesBelow(folder: string, paths: readonly string[]): ReadonlyMap<string, Attributes> {
  const found = new Map<string, Attributes>();
  let names: string[] = [];
  let length = 0;
  const flush = () => {
    if (names.length > 0) for (const [name, attributes] of read(getfattr(folder, names))) found.set(name, attributes);
    names = [];
    length = 0;
  };
  for (const path of paths) {
    if (/[\udc80-\udcff]/u.test(path)) {
      const attributes = attributesOfOdd(folder, path);
      if (attributes) found.set(path, attributes);
      continue;
    }
    if (length + path.length * 3 > MOST_AT_ONCE) flush();
    names.push(`./${path}`);
    length += path.length * 3;
  }
  flush();
  return found;
}

/** An argument is text; a name that is not is read through a descriptor. Of files and folders, as others have no attributes of an image. */
function attributesOfOdd(folder: string, path: string): Attributes | undefined {
  const place = Buffer.concat([Buffer.from(`${folder}/`), encodeText(path)]);
  const stats = lstatSync(place);
  if (!stats.isFile() && !stats.isDirectory()) return undefined;
  const file = openSync(place, "r");
  try {
    return read(getfattr("/", [`/proc/${process.pid}/fd/${file}`], "--absolute-names")).map(([, found]) => found)[0];
  } finally {
    closeSync(file);
  }
}

function getfattr(folder: string, names: readonly string[], option = "--no-dereference"): string {
  const args = [option, "--dump", "--encoding=hex", "--match=-", "--", ...names];
  return execFileSync("getfattr", args, { cwd: folder, maxBuffer: 1 << 30, stdio: "pipe" }).toString("latin1");
}

/** Blocks of `# file: name` and lines of `name=0xvalue`. */
function read(output: string): (readonly [string, Attributes])[] {
  return output
    .split("\n\n")
    .filter((block) => block.startsWith("# file: "))
    .map((block) => {
      const [first, ...lines] = block.split("\n");
      const pairs = lines.filter((line) => line.includes("=")).map((line) => pair(line));
      const attributes = Object.fromEntries(pairs.filter(([name]) => !OF_THE_MACHINE.includes(name)));
      return [named(first!.slice("# file: ".length)).replace(/^\.\//, ""), attributes] as const;
    })
    .filter(([, attributes]) => Object.keys(attributes).length > 0);
}

function pair(line: string): readonly [string, string] {
  const equals = line.indexOf("=");
  return [line.slice(0, equals), line.slice(equals + 1).replace(/^0x/, "")];
}

/** A backslash and control characters are written `\012`. */
function named(text: string): string {
  const bytes = text.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)));
  return decodeBytes(Buffer.from(bytes, "latin1"));
}
