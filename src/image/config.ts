import { type Digest, readable, type Text } from "./digest.ts";

/** The parts of an image's config that hold one value. */
export type ConfigField =
  | "Author"
  | "Cmd"
  | "Entrypoint"
  | "Healthcheck"
  | "Shell"
  | "StopSignal"
  | "User"
  | "WorkingDir";

/** The config of an image: what instructions set, over a base of which only the identity is known. Mutable. */
export class Config {
  /** Stands for all that the base image sets. */
  readonly base: Digest;
  readonly fields: Map<ConfigField, Text | undefined>;
  readonly env: Map<string, Text>;
  readonly labels: Map<string, Text>;
  readonly ports: Set<Text>;
  readonly volumes: Set<Text>;
  readonly triggers: Text[];

  constructor(base: Digest, parent?: Config) {
    this.base = base;
    this.fields = new Map(parent?.fields);
    this.env = new Map(parent?.env);
    this.labels = new Map(parent?.labels);
    this.ports = new Set(parent?.ports);
    this.volumes = new Set(parent?.volumes);
    // Triggers run in the child, and are not handed on.
    this.triggers = [];
  }
}

/** What differs between two configs, in plain words; of the field `but` nothing is said. */
export function configDifferences(before: Config, after: Config, but?: ConfigField): string[] {
  const differences: string[] = [];
  if (before.base !== after.base) differences.push("the base image differs");
  for (const name of new Set([...before.fields.keys(), ...after.fields.keys()])) {
    if (name !== but) differences.push(...difference(name, before.fields.get(name), after.fields.get(name)));
  }
  differences.push(
    ...mapDifferences("ENV", before.env, after.env),
    ...mapDifferences("LABEL", before.labels, after.labels),
  );
  differences.push(...setDifferences("EXPOSE", before.ports, after.ports));
  differences.push(...setDifferences("VOLUME", before.volumes, after.volumes));
  differences.push(...difference("ONBUILD", before.triggers.join("; "), after.triggers.join("; ")));
  return differences;
}

function difference(name: string, before: Text | undefined, after: Text | undefined): string[] {
  if (before === after) return [];
  const shown = (value: Text | undefined) => (value === undefined ? "not set" : `\`${readable(value)}\``);
  return [`${name} was ${shown(before)}, is ${shown(after)}`];
}

function mapDifferences(kind: string, before: ReadonlyMap<string, Text>, after: ReadonlyMap<string, Text>): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) =>
    difference(`${kind} ${name}`, before.get(name), after.get(name)),
  );
}

function setDifferences(kind: string, before: ReadonlySet<Text>, after: ReadonlySet<Text>): string[] {
  const lost = [...before].filter((value) => !after.has(value)).map((value) => `${kind} ${readable(value)} is gone`);
  const found = [...after].filter((value) => !before.has(value)).map((value) => `${kind} ${readable(value)} is new`);
  return [...lost, ...found];
}
