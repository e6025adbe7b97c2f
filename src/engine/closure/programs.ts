/** Files of an image that the kernel or the dynamic loader runs. */
import type { ImageTree, TreeEntry } from "../types.ts";
import { isElf } from "./elf/elf.ts";
import { perImage } from "./image.ts";

export interface ProgramFile {
  /** With a slash at the front. */
  readonly path: string;
  /** `#! …` of a script, without the mark; undefined for an ELF file. */
  readonly interpreter: string | undefined;
  readonly isExecutable: boolean;
}

/** What the kernel reads of a script's first line (BINPRM_BUF_SIZE). */
const FIRST_LINE = 256;

/** ELF files, and scripts that can be executed, links aside. Only files that are executable or named like a library are looked at. */
export function programsIn(tree: ImageTree): readonly ProgramFile[] {
  const found: ProgramFile[] = [];
  for (const [path, entry] of tree.entries) {
    if (!isCandidate(path, entry)) continue;
    const head = tree.read(path, FIRST_LINE);
    const isExecutable = (entry.mode & 0o111) !== 0;
    if (isElf(head)) found.push({ path: `/${path}`, interpreter: undefined, isExecutable });
    else if (isExecutable && head.toString("latin1", 0, 2) === "#!")
      found.push({ path: `/${path}`, interpreter: head.toString("utf8", 2).split("\n", 1)[0]!.trim(), isExecutable });
  }
  return found;
}

export const programsOf = perImage((image) => programsIn(image.tree));

function isCandidate(path: string, { type, mode, size }: TreeEntry): boolean {
  return type === "file" && size > 2 && ((mode & 0o111) !== 0 || /\.(so(\.[\w.-]+)?|node)$/.test(path));
}
