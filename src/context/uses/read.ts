/** What Compose and Bake files say of how Dockerfiles are built. */
import { dirname, join, resolve } from "node:path";
import { textOf } from "../tree.ts";
import { type BakeFile, bakeTargets, readBakeHcl, readBakeJson } from "./bake.ts";
import { readCompose } from "./compose.ts";
import { type Lookup, readEnvFile } from "./interpolate.ts";
import { over } from "./merge.ts";
import { BAKE, buildFilesIn, COMPOSE, COMPOSE_LIKE, foldersFrom } from "./places.ts";
import {
  type BuildUse,
  type RawTarget,
  type Scalar,
  UNKNOWN,
  type UseFinder,
  type UseProblem,
  type UseStart,
} from "./types.ts";

/** Looks into the folder of a Dockerfile and those above, up to the repository's root, or to `cwd` where there is no repository. */
export function useFinder(cwd: string): UseFinder {
  const folders = new Map<string, readonly BuildUse[]>();
  let waiting: UseProblem[] = [];
  const inFolder = (folder: string): readonly BuildUse[] => {
    let uses = folders.get(folder);
    if (!uses) {
      uses = readFolder(folder, (problem) => waiting.push(problem));
      folders.set(folder, uses);
    }
    return uses;
  };
  return {
    usesOf(dockerfile) {
      const uses = foldersFrom(dirname(dockerfile), cwd)
        .flatMap(inFolder)
        .filter((use) => use.dockerfile === dockerfile);
      const distinct = new Map<string, BuildUse>();
      for (const use of uses) {
        const same = distinct.get(keyOf(use));
        distinct.set(keyOf(use), same ? { ...same, starts: [...same.starts, ...use.starts] } : use);
      }
      return [...distinct.values()];
    },
    problems() {
      const told = waiting;
      waiting = [];
      return told;
    },
  };
}

function keyOf({ context, target, args, contexts }: BuildUse): string {
  return JSON.stringify([context, target, [...args].sort(), [...contexts].sort()]);
}

function readFolder(folder: string, complain: (problem: UseProblem) => void): BuildUse[] {
  const names = buildFilesIn(folder);
  if (names.length === 0) return [];
  const text = (name: string) => textOf(join(folder, name));
  const environment = readEnvFile(text(".env") ?? "");
  const lookup: Lookup = (name) => environment.get(name);
  const orProblem = <Read extends object>(name: string, read: Read | Problem): Read | undefined => {
    if (!("problem" in read)) return read;
    complain({ file: join(folder, name), ...(read as Problem).problem });
    return undefined;
  };
  const compose = new Map(
    names
      .filter((name) => COMPOSE_LIKE.test(name))
      .map(
        (name) =>
          [
            name,
            orProblem<ComposeServices>(name, readCompose(text(name) ?? "", lookup, text))?.services ??
              new Map<string, RawTarget>(),
          ] as const,
      ),
  );
  const bake = BAKE.filter((name) => names.includes(name)).map(
    (name) =>
      [
        name,
        orProblem<BakeFile>(name, (name.endsWith(".json") ? readBakeJson : readBakeHcl)(text(name) ?? "")),
      ] as const,
  );
  const services = composeServices(compose);
  const projectServices = services.find(({ isProject }) => isProject)?.targets ?? new Map();
  const bakeFiles = bake.flatMap(([, file]): BakeFile[] => (file ? [file] : []));
  const bakeName = bake.find(([name]) => !name.includes("override"))?.[0] ?? bake[0]?.[0] ?? "";
  return [
    ...services.flatMap(({ file, targets }) =>
      [...targets].flatMap(([name, target]) => useOf(`service ${name} in ${file}`, target, folder)),
    ),
    ...[...bakeTargets(bakeFiles, projectServices)].flatMap(([name, target]) =>
      useOf(`target ${name} in ${bakeName}`, target, folder),
    ),
  ];
}

type ComposeServices = { readonly services: ReadonlyMap<string, RawTarget> };
type Problem = { readonly problem: Omit<UseProblem, "file"> };

interface Services {
  readonly file: string;
  readonly targets: ReadonlyMap<string, RawTarget>;
  /** What `docker compose` takes by itself. */
  readonly isProject: boolean;
}

/** The project's own file with its override; and each other file on top of that one, as `-f` would have it. */
function composeServices(files: ReadonlyMap<string, ReadonlyMap<string, RawTarget>>): Services[] {
  const main = COMPOSE.find((name) => files.has(name));
  const base = main === undefined ? new Map<string, RawTarget>() : files.get(main)!;
  const isOverride = (name: string) => /[._-]override\.ya?ml$/.test(name);
  const override = [...files.keys()].find(isOverride);
  const project: Services[] =
    main === undefined
      ? []
      : [{ file: main, targets: override === undefined ? base : over(base, files.get(override)!), isProject: true }];
  const others = [...files.keys()].filter((name) => name !== main && !(main !== undefined && isOverride(name)));
  return [
    ...project,
    ...others.map((file) => {
      const own = files.get(file)!;
      const targets = over(base, own);
      return { file, targets: new Map([...targets].filter(([name]) => own.has(name))), isProject: false };
    }),
  ].map((services) => ({ ...services, targets: builtAmong(services.targets) }));
}

function builtAmong(targets: Services["targets"]): Services["targets"] {
  return new Map([...targets].filter(([, { builds }]) => builds));
}

/** Nothing where the Dockerfile is not known or lies in the file itself. */
function useOf(name: string, target: RawTarget, folder: string): BuildUse[] {
  const { context = ".", dockerfile = "Dockerfile", inline, args, contexts } = target;
  if (inline || context === UNKNOWN || dockerfile === UNKNOWN || isRemote(context)) return [];
  const root = resolve(folder, context.replace(/^cwd:\/\//, ""));
  return [
    {
      name,
      context: root,
      dockerfile: resolve(root, dockerfile),
      target: known(target.target),
      args: new Map([...args].map(([arg, value]) => [arg, known(value)])),
      contexts,
      starts: [...(target.starts?.values() ?? [])].flatMap((start) => startOf(name, start)),
    },
  ];
}

/** Nothing where the environment has a part of it. */
function startOf(by: string, start: readonly Scalar[] | Scalar): UseStart[] {
  if (typeof start === "string") return [{ by, script: start }];
  if (start === UNKNOWN) return [];
  const words = start.filter((word) => word !== UNKNOWN);
  return words.length > 0 && words.length === start.length ? [{ by, words }] : [];
}

function known(value: Scalar | undefined): string | undefined {
  return value === UNKNOWN ? undefined : value;
}

/** A repository, an archive, an image, another target: no folder. */
function isRemote(context: string): boolean {
  return /^(?!cwd:)[a-z][a-z0-9+.-]*:\/\/|^[\w.-]+@[\w.-]+:|^target:|^github\.com\//i.test(context);
}
