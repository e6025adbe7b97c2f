/** Which of the smaller images of a base can run what the stage runs. */
import { posix } from "node:path";
import {
  Decline,
  type Facts,
  fromView,
  knownBase,
  slimForm,
  smallerThan,
  type Variant,
} from "../../src/transform/index.ts";
import { isCopied } from "./copied.ts";
import { linkedVariant } from "./linked.ts";
import type { Runtime } from "./runtime.ts";
import { whyNotScratch } from "./scratch.ts";
import { startOf } from "./start.ts";

export interface Options {
  /** Where a static program goes that needs no other. */
  readonly static: "scratch" | "distribution";
  /** Modules of Java that a program needs; of none where the whole Java is to stay. */
  readonly jlink: readonly string[];
}

/** What is looked for: nothing at all, a distribution with a Java of some modules, or else the nearest. */
export type Goal = Options["static"] | "linked";

/** Throws a `Decline` where none can. */
export function variantFor(runtime: Runtime, facts: Facts, goal: Goal, options: Options): Variant {
  const { image, stage, from } = runtime;
  const build = facts.namedContexts.get(image);
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
      if (!isCopied(program, runtime))
        throw new Decline(
          "needs-toolchain",
          `the container starts \`${program}\`, which no COPY --from of this stage brings`,
        );
      const scratch = variants.find(({ reference }) => reference === "scratch");
      const blocker = scratch && options.static === "scratch" ? whyNotScratch(runtime, facts) : undefined;
      if (scratch && goal === "scratch" && blocker === undefined) return scratch;
      const own = variants.find(({ reference }) => /^(debian|alpine|ubuntu):/.test(reference));
      if (!own)
        throw new Decline("release-unknown", `the release of the distribution in ${image} is not known from its name`);
      const note = blocker === undefined ? own.note : `${own.note}; not on scratch, since ${blocker}`;
      return { ...own, reference: slimForm(own), note };
    }
    case "dotnet":
    case "openjdk":
    case "eclipse-temurin":
    case "amazoncorretto":
    case "maven":
    case "gradle": {
      const runs = base.family.name === "dotnet" ? "dotnet" : "java";
      const first = variants.find(({ kind }) => kind === "runtime");
      if (!first && goal !== "linked") break;
      if (posix.basename(program) !== runs || (runs === "dotnet" && !/\.dll$/.test(words[0] ?? "")))
        throw new Decline(
          "needs-toolchain",
          `the container starts \`${[program, ...words].join(" ")}\`, and not a program with \`${runs}\``,
        );
      return goal === "linked" ? linkedVariant(runtime, options.jlink, facts) : first!;
    }
  }
  if (slim) return slim;
  throw new Decline("no-variant", `no smaller image is known to run what ${image} runs`);
}
