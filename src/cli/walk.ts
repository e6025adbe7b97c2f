/** Searching a folder that is in no git repository, .gitignore files honoured all the same. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import ignore, { type Ignore } from "ignore";

interface Rules {
  /** The folder that holds the .gitignore, relative to the start, ending in `/` or empty. */
  readonly base: string;
  readonly matcher: Ignore;
}

export interface Walk {
  /** Whether a file of this base name is looked for. */
  readonly wanted: (name: string) => boolean;
  /** Told of each folder that can't be read; the walk goes on. */
  readonly unreadable: (folder: string, error: unknown) => void;
}

/**
 * Paths below `start`, relative to it. Folders behind symbolic links are not entered, so no loop is possible; nor are `.git` and
 * `node_modules`.
 */
export function walk(start: string, { wanted, unreadable }: Walk): string[] {
  const files: string[] = [];
  const enter = (inside: string, outer: readonly Rules[]): void => {
    const folder = join(start, inside);
    try {
      const entries = readdirSync(folder, { withFileTypes: true });
      const rules = withIgnoreFile(folder, inside, outer);
      for (const entry of entries) {
        const path = inside + entry.name;
        if (entry.isDirectory()) {
          if (entry.name !== ".git" && entry.name !== "node_modules" && !isIgnored(`${path}/`, rules)) {
            enter(`${path}/`, rules);
          }
        } else if (wanted(entry.name) && !isIgnored(path, rules) && isFileOrBrokenLink(join(start, path))) {
          files.push(path);
        }
      }
    } catch (error) {
      unreadable(folder, error);
    }
  };
  enter("", []);
  return files;
}

/** A link to a folder that happens to be called Dockerfile is no Dockerfile; one to nothing is a mistake worth telling. */
export function isFileOrBrokenLink(file: string): boolean {
  try {
    return !statSync(file).isDirectory();
  } catch {
    return true;
  }
}

function withIgnoreFile(folder: string, base: string, outer: readonly Rules[]): readonly Rules[] {
  const file = join(folder, ".gitignore");
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return outer;
  return [...outer, { base, matcher: ignore().add(readFileSync(file, "utf8")) }];
}

/** The innermost .gitignore that has an opinion decides. */
function isIgnored(path: string, rules: readonly Rules[]): boolean {
  for (const { base, matcher } of rules.toReversed()) {
    const { ignored, unignored } = matcher.test(path.slice(base.length));
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}
