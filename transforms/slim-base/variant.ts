/** Which of the smaller images of a base can run what the stage runs. */
import { posix } from "node:path";
import {
  copyView,
  Decline,
  type Facts,
  fromView,
  knownBase,
  type Step,
  slimForm,
  smallerThan,
  type Variant,
} from "../../src/transform/index.ts";
import type { Runtime } from "./runtime.ts";
import { startOf } from "./start.ts";

/** Throws a `Decline` where none can. */
export function variantFor(runtime: Runtime, { namedContexts }: Facts): Variant {
  const { image, stage, from } = runtime;
  const build = namedContexts.get(image);
  if (build !== undefined) throw new Decline("named-context", `${build} puts another image in the place of ${image}`);
  const written = fromView(from)!.image.text;
  if (written.includes("$"))
    throw new Decline("variable", `a build may choose another image than ${image} with --build-arg`);
  const base = knownBase(image)!;
  if (base.reference.digest !== undefined)
    throw new Decline("pinned", `${image} is pinned, and the digest of a smaller image is not known`);
  const variants = smallerThan(base);
  const slim = variants.find(({ kind }) => kind === "slim");
  const [program = "", ...words] = startOf(stage);
  switch (base.family.name) {
    case "golang":
    case "rust": {
      const own = variants.find(({ reference }) => /^(debian|alpine|ubuntu):/.test(reference));
      if (!own)
        throw new Decline("release-unknown", `the release of the distribution in ${image} is not known from its name`);
      if (!isCopied(program, runtime))
        throw new Decline(
          "needs-toolchain",
          `the container starts \`${program}\`, which no COPY --from of this stage brings`,
        );
      return { ...own, reference: slimForm(own) };
    }
    case "dotnet":
    case "openjdk":
    case "eclipse-temurin":
    case "amazoncorretto":
    case "maven":
    case "gradle": {
      const runs = base.family.name === "dotnet" ? "dotnet" : "java";
      const [first] = variants.filter(({ kind }) => kind === "runtime");
      if (!first) break;
      if (posix.basename(program) !== runs || (runs === "dotnet" && !/\.dll$/.test(words[0] ?? "")))
        throw new Decline(
          "needs-toolchain",
          `the container starts \`${[program, ...words].join(" ")}\`, and not a program with \`${runs}\``,
        );
      return first;
    }
  }
  if (slim) return slim;
  throw new Decline("no-variant", `no smaller image is known to run what ${image} runs`);
}

/** Whether the program is a file that the stage takes from another one. */
function isCopied(program: string, { stage, inherited }: Runtime): boolean {
  const path = program.includes("/") ? posix.resolve(stage.after.cwd ?? "/", program) : undefined;
  return [...inherited, ...stage.steps].some((step) =>
    copiedFrom(step).some((to) => (path === undefined ? isNamed(to, program) : to === path)),
  );
}

/** Folders that every image has in PATH. */
const FOLDERS = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

function isNamed(path: string, program: string): boolean {
  return FOLDERS.some((folder) => path === `${folder}/${program}`);
}

/** Where a `COPY --from` puts what it brings, as if each source were a file. */
function copiedFrom({ instruction, before }: Step): readonly string[] {
  const view = copyView(instruction);
  if (!view?.from) return [];
  const to = posix.resolve(before.cwd ?? "/", view.destination.text);
  const isFolder = /(^|\/)\.{0,2}$/.test(view.destination.text) || view.sources.length > 1;
  return view.sources.flatMap(({ text }) =>
    isFolder ? [posix.join(to, posix.basename(text))] : [to, posix.join(to, posix.basename(text))],
  );
}
