/** What the package database of a base image is asked for, and what it answers: see ADR 22. */
import type { SystemManager } from "../step.ts";

/** What an app needs that was built with the package `name` of `base`. */
export interface PackageQuestion {
  /** Who installs it, and so who is asked. */
  readonly manager: SystemManager;
  /** The image, as FROM names it. */
  readonly base: string;
  readonly name: string;
  /** Whether what packages recommend comes with them. */
  readonly recommends: boolean;
}

/** The names of packages, or why they are not known. */
export type PackageAnswer = { readonly names: readonly string[] } | { readonly unresolved: string };

/** Undefined where nobody knows. */
export type PackageDatabase = (question: PackageQuestion) => readonly string[] | undefined;

/** A question as the key of its answer. */
export function questionText({ manager, base, name, recommends }: PackageQuestion): string {
  return JSON.stringify([manager, base, name, recommends]);
}

export function questionOf(text: string): PackageQuestion {
  const [manager, base, name, recommends] = JSON.parse(text);
  return { manager, base, name, recommends };
}
