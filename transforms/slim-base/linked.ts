/** A Java of the modules that the user names, on the distribution that the larger image stands on. */
import {
  Decline,
  type Facts,
  freeStageName,
  javaImageOf,
  knownBase,
  linkedJava,
  modulesAsked,
  quoted,
  type Variant,
} from "../../src/transform/index.ts";
import { scriptsIn } from "./needs.ts";
import type { Runtime } from "./runtime.ts";

/** Families whose images have a Java. */
const JAVA = ["openjdk", "eclipse-temurin", "amazoncorretto", "maven", "gradle"];

export function hasJava({ image }: Runtime): boolean {
  return JAVA.includes(knownBase(image)?.family.name ?? "");
}

/** The distribution with such a Java. Throws a `Decline` where it is not known how, or where an option asks for another module. */
export function linkedVariant(runtime: Runtime, modules: readonly string[], facts: Facts): Variant {
  const { image, steps } = runtime;
  const java = javaImageOf(knownBase(image)!);
  if (!java)
    throw new Decline(
      "no-jlink",
      "jlink needs an image whose name says a Java since 11 and a release of Debian or Ubuntu, such as eclipse-temurin:21-jdk-noble",
    );
  const lacks = (text: string) => modulesAsked(text).find((name) => !modules.includes(name));
  const told = ["ENV", "CMD", "ENTRYPOINT", "HEALTHCHECK"];
  const texts = [
    ...steps
      .filter(({ instruction }) => told.includes(instruction.keyword))
      .map(({ instruction }) => [instruction.args.text, quoted(facts.dockerfile, instruction.span)] as const),
    ...facts.starts.map((start) => ["script" in start ? start.script : start.words.join(" "), start.by] as const),
    ...scriptsIn(steps, facts.context).map((path) => [facts.context?.read(path) ?? "", path] as const),
  ];
  for (const [text, by] of texts) {
    const module = lacks(text);
    if (module !== undefined)
      throw new Decline("lacks-module", `${by} asks for the module ${module}, which the list of modules leaves out`);
  }
  return {
    reference: java.distribution,
    kind: "linked",
    note: `a Java of the modules ${modules.join(", ")} alone; no proof misses a module that is only looked up by name, such as a provider of charsets, locales or ciphers`,
  };
}

/** Both stages, line by line, and the name of the one to stand on. */
export function linkedStages({ image, stage }: Runtime, modules: readonly string[], { dockerfile }: Facts) {
  const java = javaImageOf(knownBase(image)!)!;
  const pick = freeStageName(dockerfile);
  const [link, base] = [pick(["jlink", "link-java"]), pick(["java", "linked-java"])];
  const flags = stage.from.flags.map(({ text }) => `${text.text} `).join("");
  const linked = linkedJava(java, modules, link);
  const written = (parts: readonly string[]) => parts.join(` ${dockerfile.escape}${dockerfile.eol}    `);
  return {
    lines: [
      `FROM ${flags}${java.kit} AS ${link}`,
      ...linked.link.map(written),
      "",
      `FROM ${flags}${java.distribution} AS ${base}`,
      ...linked.base.map(written),
      "",
    ],
    name: base,
  };
}
