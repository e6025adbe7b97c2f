/** What an image's configuration says, as far as the closure needs it. */
import { posix } from "node:path";
import { type Image, perImage } from "./image.ts";

/** Of a container without other variables (runc). */
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export const environmentOf = perImage(({ config }): ReadonlyMap<string, string> => {
  const pairs = wordsOf(config.Env).map((pair) => {
    const end = pair.indexOf("=");
    return [pair.slice(0, end), pair.slice(end + 1)] as const;
  });
  return new Map([["PATH", DEFAULT_PATH], ...pairs]);
});

/** The folder that its programs start in. */
export function workingFolderOf({ config }: Image): string {
  return posix.resolve("/", textOf(config.WorkingDir));
}

/** Empty where the configuration says nothing. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Empty where the configuration says nothing. */
export function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((word) => typeof word === "string") : [];
}

/** The path of the program that `word` means in the folder `cwd`, as execvp(3) looks for it. */
export function programAt(image: Image, word: string, cwd: string): string | undefined {
  const places = word.includes("/")
    ? [posix.resolve(cwd, word)]
    : environmentOf(image)
        .get("PATH")!
        .split(":")
        .map((folder) => posix.resolve(cwd, folder, word));
  return places.find((place) => {
    const entry = image.entry(place);
    return entry?.type === "file" && (entry.mode & 0o111) !== 0;
  });
}
