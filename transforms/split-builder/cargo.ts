/** What the runtime stage takes from the builder stage, with the owner that it has there. */
import { type BuildContext, Decline, isUnder, type Needs, type Outputs } from "../../src/transform/index.ts";
import { isInstall } from "./commands.ts";
import type { Landing } from "./layout.ts";
import { copyOwner, newOwner, type Owner, userOf } from "./owners.ts";
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

/** Owners of files and folders, by path; a folder stands for what is made below it. */
class Owners {
  readonly #owners = new Map<string, Owner>();

  /** Throws where a folder holds files of two owners, which no `--chown` can say. */
  of(path: string): Owner {
    const claims = [...this.#owners].filter(([other]) => isUnder(path, other) || isUnder(other, path));
    const [owner, ...more] = new Set(claims.map(([, claim]) => claim));
    if (more.length > 0)
      throw new Decline("mixed-owners", `${path} holds files of ${owner ?? "root"} and of ${more[0] ?? "root"}`);
    return owner;
  }

  land({ step, files }: Landing, project: string): void {
    for (const path of files.keys()) this.#owners.set(path.slice(project.length + 1), copyOwner(step));
  }

  make(path: string, owner: Owner): void {
    this.#owners.set(path, owner);
  }

  giveAll(owner: Owner): void {
    if (owner?.endsWith(":root") && [...this.#owners.values()].some((before) => before !== undefined))
      throw new Decline("mixed-owners", `\`chown\` to ${owner.slice(0, -5)} leaves the groups of different owners`);
    for (const path of this.#owners.keys()) this.#owners.set(path, owner);
  }
}
