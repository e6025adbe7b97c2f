import type { PackageQuestion } from "./question.ts";

/** How a package manager is asked in a container of the image, as root, and how its answer is read. */
export interface Asking {
  /** A line of the shell that brings indexes up to date; absent where the question does. */
  readonly refresh?: string;
  /** Lines of the shell that print what `read` takes, and fail where the image has no such package. */
  ask(question: PackageQuestion): string;
  /** Undefined for what can't be read. */
  read(said: string): Transaction | undefined;
}

/** What would come along with a package. */
export interface Transaction {
  /** The packages that would be installed, by their names. */
  readonly installed: ReadonlySet<string>;
  /** What each package asks for, by its name; packages that would not be installed may be among them. */
  readonly dependencies: ReadonlyMap<string, Dependencies>;
}

export interface Dependencies {
  /** Packages of which only one may be taken among them. */
  readonly any: string[];
  /** Those that are sure to be taken. */
  readonly sure: string[];
}
