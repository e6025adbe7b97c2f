/** What an image looks like from outside: its size, and what an attacker would find in it. */
import { compilerNamed, isShellName } from "../ecosystems/index.ts";
import { programsIn } from "./closure/index.ts";
import { packagesIn } from "./packages/index.ts";
import type { ImageInfo, ImageTree, Surface, TreeEntry } from "./types.ts";

const SETUID_OR_SETGID = 0o6000;

/**
 * Executables are ELF files and scripts with the x bit, shared libraries aside; compilers, build tools and shells are found by their
 * names in folders named `bin` or `sbin`.
 */
export function surfaceOf(info: ImageInfo, tree: ImageTree): Surface {
  const programs = programsIn(tree).filter(({ path, isExecutable }) => isExecutable && !/\.so(\.[\d.]+)?$/.test(path));
  const files = [...tree.entries.values()].filter(({ type }) => type === "file");
  const commands = commandsIn(tree);
  return {
    bytes: info.size,
    layers: info.layers,
    packages: packagesIn(tree),
    executables: programs.length,
    setuid: files.filter(({ mode }) => (mode & SETUID_OR_SETGID) !== 0).length,
    compilers: sorted(commands.map(compilerNamed)),
    shells: sorted(commands.filter(isShellName)),
  };
}

/** Names of what can be called, links included. */
function commandsIn({ entries }: ImageTree): readonly string[] {
  return [...entries].flatMap(([path, entry]) => {
    const name = /(?:^|\/)s?bin\/([^/]+)$/.exec(path)?.[1];
    return name !== undefined && canRun(entry) ? [name] : [];
  });
}

function canRun({ type, mode }: TreeEntry): boolean {
  return type === "symlink" || (type === "file" && (mode & 0o111) !== 0);
}

function sorted(names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names)].filter((name) => name !== undefined).sort();
}
