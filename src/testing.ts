/**
 * For the property tests that `refit tests` writes: two Dockerfiles and a build context to try them over. They need an engine, and
 * leave nothing behind in it.
 */
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import {
  fileInGit,
  openSession,
  type SessionOptions,
  type Trial,
  type TrialOptions,
  type TrialStep,
  withTrials,
} from "./engine/index.ts";
import { proofAsText } from "./report/index.ts";

export type { BuildSettings, Proof, Trial, TrialStep } from "./engine/index.ts";
export { fc };

type Place = URL | string;

/** Two Dockerfiles: one on disk, and the text that it is compared with. */
export interface DockerfilePair extends Omit<TrialOptions, "dockerfile" | "context"> {
  readonly dockerfile: Place;
  readonly context?: Place;
  /** The first that answers, unless one is named. */
  readonly engine?: NonNullable<SessionOptions["engine"]>;
}

export interface Builds {
  /** Files of the context that are safe to edit: no manifests and lockfiles, nothing that an install reads. */
  readonly sources: readonly string[];
  /** Builds both files and compares the images under the promise. Throws with what differs; skips a case that neither file builds. */
  assertSame(trial: Trial): Promise<void>;
  /** The steps that a build of the file on disk runs again after an edit of `path`. */
  stepsAfterEdit(path: string, buildArgs?: Trial["buildArgs"]): Promise<readonly TrialStep[]>;
}

/** Runs `use` with an engine, and removes afterwards all that was built. The context is copied; your own files stay as they are. */
export async function withBuilds(pair: DockerfilePair, use: (builds: Builds) => Promise<void>): Promise<void> {
  const { dockerfile, context, engine, ...options } = pair;
  const session = await openSession({ engine, env: process.env });
  try {
    const places = { dockerfile: pathOf(dockerfile), context: context === undefined ? undefined : pathOf(context) };
    await withTrials(session, { ...options, ...places }, ({ compare, ...trials }) =>
      use({
        ...trials,
        async assertSame(trial) {
          const proof = await compare(trial);
          fc.pre(proof !== undefined);
          if (proof.verdict !== "kept") throw new Error(proofAsText(proof));
        },
      }),
    );
  } finally {
    await session.close();
  }
}

/** The text of a file as it was in a revision of its git repository. */
export function fromGit(revision: string, file: Place): string {
  return fileInGit(revision, pathOf(file));
}

function pathOf(place: Place): string {
  return place instanceof URL ? fileURLToPath(place) : place;
}
