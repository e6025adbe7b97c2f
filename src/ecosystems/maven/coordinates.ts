/** What a pom, with those of its parents that lie in the project, says of the archive that its module makes. */
import { Blocked } from "../blocking.ts";
import { type Element, elementAt, textAt, walk } from "../xml.ts";
import type { Pom } from "./project.ts";
import type { Words } from "./words.ts";

export interface Coordinates {
  readonly path: string;
  readonly packaging: string;
  /** The archive's name without its end. */
  readonly finalName: string;
  /** Plugins of the build, those of its parents too. */
  readonly plugins: readonly Element[];
  /** Whether it needs libraries that are packed or copied. */
  readonly hasLibraries: boolean;
  /** `text` with its properties in place. Throws `Blocked` for one that is not known. */
  resolved(text: string): string;
  /** A path below the `target` folder, relative to it; undefined for another one. */
  inTarget(text: string): string | undefined;
}

/** Parents that are downloaded and leave names as they are. */
const PARENTS = /^org\.springframework\.boot:spring-boot-(starter-)?parent$/;

/** Elements of a build or a profile that change where and under which names archives are made. */
const LEADING = ["finalName", "directory", "outputDirectory", "warName", "shadedArtifactAttached", "packaging"];

/** Throws `Blocked` where a parent, a profile or a property that is not known may have its say. */
export function coordinatesOf(pom: Pom, poms: readonly Pom[], { properties: given }: Words): Coordinates {
  const chain = chainOf(pom, poms);
  const profiles = chain.flatMap(({ root, path }) =>
    (elementAt(root, "profiles")?.children ?? []).map((profile) => ({ path, profile })),
  );
  const leading = profiles.flatMap(({ path, profile }) => {
    const found = [...walk(profile)].find(({ name }) => LEADING.includes(name));
    return found ? [`${path} sets ${found.name} in a profile`] : [];
  });
  if (leading[0] !== undefined) throw new Blocked(leading[0]);
  const own = pom.root;
  const text = (name: string) => textAt(own, name) ?? textAt(own, "parent", name);
  const property = (name: string): string | undefined => {
    if (given.has(name)) return given.get(name);
    const field = /^(?:project|pom)\.(artifactId|version|groupId|packaging|parent\.version)$/.exec(name)?.[1];
    if (field === "parent.version") return textAt(own, "parent", "version");
    if (field !== undefined) return field === "artifactId" ? textAt(own, field) : text(field);
    if (profiles.some(({ profile }) => textAt(profile, "properties", name) !== undefined)) return undefined;
    return chain.map(({ root }) => textAt(root, "properties", name)).find((value) => value !== undefined);
  };
  const resolved = (value: string, depth = 0): string =>
    value.replace(/\$\{([^}]*)\}/g, (whole, name) => {
      const found = depth > 9 ? undefined : property(name);
      if (found === undefined) throw new Blocked(`${pom.path} names its archive by ${whole}, which is not known`);
      return resolved(found, depth + 1);
    });
  const build = chain.map(({ root }) => elementAt(root, "build"));
  const moved = ["directory", "outputDirectory"].find((name) => build.some((each) => textAt(each, name) !== undefined));
  if (moved !== undefined) throw new Blocked(`${pom.path} sets the ${moved} of its build`);
  const finalName = build.map((each) => textAt(each, "finalName")).find((name) => name !== undefined);
  const scopes = chain.flatMap(({ root }) => elementAt(root, "dependencies")?.children ?? []);
  return {
    path: pom.path,
    packaging: resolved(textAt(own, "packaging") ?? "jar"),
    finalName: resolved(finalName ?? "${project.artifactId}-${project.version}"),
    plugins: build.flatMap((each) => elementAt(each, "plugins")?.children ?? []),
    hasLibraries: scopes.some((each) => !/^(test|provided|system)$/.test(textAt(each, "scope") ?? "compile")),
    resolved: (value) => resolved(value),
    inTarget: (value) => {
      const below =
        /^\$\{(?:project|pom)\.build\.directory\}\/(.+)$|^(?:\$\{(?:project\.)?basedir\}\/)?target\/(.+)$/.exec(value);
      const path = below?.[1] ?? below?.[2];
      return path === undefined ? undefined : resolved(path).replace(/\/$/, "");
    },
  };
}

/** The pom and its parents, as far as they lie in the project. Throws `Blocked`. */
function chainOf(pom: Pom, poms: readonly Pom[]): readonly Pom[] {
  const parent = elementAt(pom.root, "parent");
  if (!parent) return [pom];
  const name = textAt(parent, "artifactId");
  const found = poms.find((other) => other !== pom && textAt(other.root, "artifactId") === name);
  if (found)
    return [
      pom,
      ...chainOf(
        found,
        poms.filter((other) => other !== pom),
      ),
    ];
  const full = `${textAt(parent, "groupId")}:${name}`;
  if (!PARENTS.test(full))
    throw new Blocked(`${pom.path} has the parent ${full}, which may say how archives are named`);
  return [pom];
}
