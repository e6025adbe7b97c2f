/** How many packages the databases of package managers in an image list. */
import { objectOf } from "../../context/index.ts";
import type { ImageTree } from "../types.ts";
import { RPM_DATABASES } from "./rpm.ts";
import { countRows } from "./sqlite.ts";

export { RPM_DATABASES, type RpmPackage, rpmPackagesIn } from "./rpm.ts";

type Count = (tree: ImageTree) => number;

const DATABASES: Readonly<Record<string, Count>> = {
  dpkg: (tree) => {
    const status = stanzas(textOf(tree, "var/lib/dpkg/status")).filter((text) =>
      /^Status: \S+ \S+ installed$/m.test(text),
    );
    // Images without a package manager (distroless) keep one file a package.
    const parts = [...tree.entries.keys()].filter((path) => /^var\/lib\/dpkg\/status\.d\/[^/]+$/.test(path));
    return status.length + parts.flatMap((path) => stanzas(textOf(tree, path))).length;
  },
  apk: (tree) => {
    const text = textOf(tree, "lib/apk/db/installed") || textOf(tree, "usr/lib/apk/db/installed");
    return text.match(/^P:/gm)?.length ?? 0;
  },
  // Of the older forms (Berkeley DB, ndb) nothing is known.
  rpm: (tree) => {
    const path = RPM_DATABASES.find((file) => tree.entries.get(file)?.type === "file");
    return path === undefined ? 0 : (countRows(tree.read(path), "Packages") ?? 0);
  },
  node_modules: (tree) => matching(tree, PACKAGE_JSON).filter((path) => isPackage(textOf(tree, path))).length,
  python: (tree) => matching(tree, PYTHON).length,
};

/** The folder of a package, not one inside it. */
const PACKAGE_JSON = /(^|\/)node_modules\/(@[^/]+\/)?[^/@][^/]*\/package\.json$/;

/** Of pip and its like, and of setuptools alone, which also writes a plain file. */
const PYTHON = /\.dist-info\/METADATA$|\.egg-info(\/PKG-INFO)?$/;

/** By the name of the database; those that list nothing are left out. */
export function packagesIn(tree: ImageTree): Readonly<Record<string, number>> {
  const counts = Object.entries(DATABASES).map(([name, count]) => [name, count(tree)] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function matching({ entries }: ImageTree, pattern: RegExp): readonly string[] {
  return [...entries].flatMap(([path, { type }]) => (type === "file" && pattern.test(path) ? [path] : []));
}

function isPackage(text: string): boolean {
  const manifest = objectOf(text);
  return typeof manifest?.name === "string" && typeof manifest.version === "string";
}

/** Empty where no file is. */
function textOf(tree: ImageTree, path: string): string {
  return tree.entries.get(path)?.type === "file" ? tree.read(path).toString() : "";
}

/** Blocks of lines about one package each. */
function stanzas(text: string): readonly string[] {
  return text.split(/\n\n+/).filter((stanza) => /^Package: /m.test(stanza));
}
