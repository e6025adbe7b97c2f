/** What the runtime stage takes from the builder stage, with the owner that it has there. */
import { type BuildContext, Decline, isUnder, type Needs, type Outputs } from "../../src/transform/index.ts";
import { isInstall } from "./commands.ts";
import type { Landing } from "./layout.ts";
import { newOwner, type Owner, ownerOf, userOf } from "./owners.ts";
import { effectsOf, type Plan } from "./roles.ts";

export interface Parcel {
  /** Relative to the project folder. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly owner: Owner;
}

export interface Shipment {
  readonly plan: Plan;
  readonly view: BuildContext;
  readonly landings: readonly Landing[];
  readonly build: Outputs;
  readonly needs: Needs;
  readonly hasPackages: boolean;
}

/** Manifests and other files, then node_modules, then folders, outputs last: what changes least comes first. */
export function parcelsOf({ plan, view, landings, build, needs, hasPackages }: Shipment): readonly Parcel[] {
  const owners = new Owners();
  const removed = new Set<string>();
  const made = new Set<string>();
  const builder = [...plan.roles].filter(([step, role]) => role === "build" || role === "both" || step === plan.first);
  for (const [step, role] of builder) {
    const landing = landings.find((other) => other.step === step);
    if (landing) owners.land(landing, plan.project);
    if (role === "build")
      for (const effect of effectsOf(step, plan.project)) {
        for (const name of effect.made) {
          made.add(name);
          owners.make(name, userOf(step));
        }
        for (const name of effect.removed) removed.add(name);
      }
    const given = newOwner(step);
    if (given !== null && role === "both") owners.giveAll(given);
    if (step.invocations.some(isInstall)) owners.make("node_modules", userOf(step));
    if (step === plan.last) for (const output of build.outputs) owners.make(output, userOf(step));
  }
  const kept = [...needs.entries, ...[...made].filter((name) => !view.has(name) && !view.isFolder(name))];
  const entries = kept.filter((name) => !removed.has(name));
  const lone = build.outputs.filter(
    (output) =>
      !entries.some((entry) => isUnder(output, entry)) &&
      output !== "node_modules" &&
      !output.startsWith("node_modules/"),
  );
  for (const name of [...entries, ...lone]) checkName(name, view);
  const parcel = (path: string, isFolder: boolean) => ({ path, isFolder, owner: owners.of(path) });
  return [
    ...entries.filter((name) => !view.isFolder(name)).map((name) => parcel(name, false)),
    ...(hasPackages ? [parcel("node_modules", true)] : []),
    ...entries.filter((name) => view.isFolder(name)).map((name) => parcel(name, true)),
    ...lone.map((path) => parcel(path, !/\.[cm]?js$/.test(path))),
  ];
}

function checkName(name: string, view: BuildContext): void {
  if (!/^[\w.@+/-]+$/.test(name))
    throw new Decline("unusual-name", `${name} has characters that COPY reads in its own way`);
  // COPY would take what the link leads to.
  if (view.isLink(name)) throw new Decline("symbolic-link", `${name} is a symbolic link`);
}

/** Owners of the top-level entries and outputs. */
class Owners {
  readonly #owners = new Map<string, Owner>();

  of(path: string): Owner {
    return this.#owners.get(path);
  }

  land(landing: Landing, project: string): void {
    const owner = ownerOf(landing);
    for (const path of landing.files.keys()) this.make(path.slice(project.length + 1).split("/")[0] ?? "", owner);
  }

  /** Throws where a folder would hold files of two owners, which no `--chown` can say. */
  make(path: string, owner: Owner): void {
    for (const [other, before] of this.#owners)
      if (before !== owner && (isUnder(path, other) || isUnder(other, path)) && !(path === other && path.includes(".")))
        throw new Decline(
          "mixed-owners",
          `${path} belongs to ${owner ?? "root"} in one part and to ${before ?? "root"} in another`,
        );
    this.#owners.set(path, owner);
  }

  giveAll(owner: Owner): void {
    if (owner?.endsWith(":root") && [...this.#owners.values()].some((before) => before !== undefined))
      throw new Decline("mixed-owners", `\`chown\` to ${owner.slice(0, -5)} leaves the groups of different owners`);
    for (const path of this.#owners.keys()) this.#owners.set(path, owner);
  }
}
