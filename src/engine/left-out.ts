/** Files of packages that an image is set up to go without. */
import type { ImageTree } from "./types.ts";

/**
 * Whether dpkg of an image leaves a file of a package out: `path-exclude` and `path-include` in its settings, of which the last that fits
 * holds (dpkg(1)). Official slim images have no documentation that way.
 */
export function leftOutIn(tree: ImageTree): (path: string) => boolean {
  const settings = [...tree.entries.keys()].filter((path) => /^etc\/dpkg\/dpkg\.cfg\.d\/[\w-]+$/.test(path)).sort();
  const rules = settings.flatMap((path) =>
    [
      ...tree
        .read(path)
        .toString()
        .matchAll(/^path-(exclude|include)[\s=]+(\S+)/gm),
    ].map(([, kind, pattern]) => ({ isOut: kind === "exclude", fits: patternOf(pattern!) })),
  );
  return (path) => rules.findLast(({ fits }) => fits.test(`/${path}`))?.isOut ?? false;
}

/** A pattern of fnmatch(3) in which `*` and `?` also stand for slashes. */
function patternOf(text: string): RegExp {
  const source = text
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`);
}
