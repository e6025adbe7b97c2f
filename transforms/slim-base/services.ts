/** Services of Compose files that are built, and start something else in their containers than the image says. */
import type { BuildContext } from "../../src/transform/index.ts";

const FILE = /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/;

/** Where one asks a shell, or whatever else, that no image of a single program has; undefined where none does. */
export function startsOtherwise(context: BuildContext): string | undefined {
  const files = context.files().filter((path) => FILE.test(path));
  return files.find((path) => servicesIn(context.read(path) ?? "").some(isOther));
}

/** The text of each service, by its indentation. */
function servicesIn(file: string): readonly string[] {
  const [, text = ""] = /^services:[^\n]*\n((?:[ \t#\r][^\n]*\n?|\n)*)/m.exec(file) ?? [];
  const indent = /^([ \t]+)[^\s#]/m.exec(text)?.[1];
  return indent === undefined ? [] : text.split(new RegExp(`^${indent}(?=[^\\s#])`, "m"));
}

function isOther(service: string): boolean {
  if (!/^\s+build:/m.test(service)) return false;
  return (
    /^\s+(entrypoint|healthcheck):/m.test(service) || /^\s+command:[^\n]*(\n\s+-[^\n]*)*\b(ba|a)?sh\b/m.test(service)
  );
}
