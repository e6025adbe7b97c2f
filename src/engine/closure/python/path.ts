/** `sys.path` of an image's Python (Python's documentation, "The initialization of the sys.path module search path" and "site"). */
import { posix } from "node:path";
import type { Image } from "../image.ts";
import { environmentOf } from "../settings.ts";

/** `program` is the path of the interpreter as it was found; a virtual environment is known by it, before links are followed. */
export function searchPathOf(image: Image, program: string): readonly string[] {
  const real = image.real(program) ?? program;
  const homes = [...environmentFor(image, program), posix.dirname(posix.dirname(real))];
  const version = versionOf(image, real, homes);
  const env = environmentOf(image);
  const site = homes.flatMap((home) => [
    `${home}/lib/python${version}`,
    `${home}/lib/python${version}/lib-dynload`,
    ...withPathFiles(image, `${home}/lib/python${version}/site-packages`),
    // Debian's own places.
    ...withPathFiles(image, `${home}/local/lib/python${version}/dist-packages`),
    ...withPathFiles(image, `${home}/lib/python3/dist-packages`),
  ]);
  const user = `${env.get("HOME") ?? "/root"}/.local/lib/python${version}/site-packages`;
  const own = (env.get("PYTHONPATH") ?? "").split(":").filter((path) => path !== "");
  return [...own, ...site, ...withPathFiles(image, user)].filter((path) => image.entry(path) !== undefined);
}

/** The virtual environment that a program belongs to. */
function environmentFor(image: Image, program: string): readonly string[] {
  const folder = posix.dirname(program);
  return [posix.dirname(folder), folder].filter((home) => image.isFile(`${home}/pyvenv.cfg`)).slice(0, 1);
}

function versionOf(image: Image, real: string, homes: readonly string[]): string {
  const named = /python(\d+\.\d+)$/.exec(real)?.[1];
  const installed = homes.flatMap((home) => image.list(`${home}/lib`)).find((name) => /^python\d+\.\d+$/.test(name));
  return named ?? installed?.slice("python".length) ?? "3";
}

/** A folder of packages, and the folders that `.pth` files in it add. */
function withPathFiles(image: Image, folder: string): readonly string[] {
  const files = image.list(folder).filter((name) => name.endsWith(".pth"));
  const added = files.flatMap((name) => (image.text(`${folder}/${name}`) ?? "").split("\n"));
  return [
    folder,
    ...added
      .map((line) => line.trim())
      .filter((line) => line !== "" && !/^(#|import[ \t])/.test(line))
      .map((line) => posix.resolve(folder, line)),
  ];
}

/** Modules that an editable install of setuptools places elsewhere: `MAPPING = {'app': '/app/src/app'}`. */
export function editableModules(image: Image, folder: string): ReadonlyMap<string, string> {
  const finders = image.list(folder).filter((name) => /^__editable___.*_finder\.py$/.test(name));
  const mapped = finders.flatMap((name) => /^MAPPING\b.*?\{(.*)\}/m.exec(image.text(`${folder}/${name}`) ?? "") ?? []);
  const pairs = mapped.flatMap((text) => [...text.matchAll(/["']([\w.]+)["']\s*:\s*["']([^"']+)["']/g)]);
  return new Map(pairs.map(([, module, path]) => [module!, path!]));
}
