import type { Resolution } from "../image/types.ts";

/** Resolves references to digests; `src/registry` opens one. */
type Resolver = (references: Iterable<string>) => Promise<ReadonlyMap<string, Resolution>>;

/** Knows no digest, and remembers each reference that a transform would have liked to know. */
export class AskedReferences extends Map<string, Resolution> {
  readonly names = new Set<string>();

  override get(name: string): undefined {
    this.names.add(name);
  }

  override has(name: string): boolean {
    this.names.add(name);
    return false;
  }
}

/** One resolver for the run, opened when the first reference is asked for. */
export function lazyResolver(env: NodeJS.ProcessEnv): Resolver {
  let resolver: Resolver | undefined;
  return async (references) => {
    const names = [...references];
    if (names.length === 0) return new Map();
    resolver ??= (await import("../registry/index.ts")).openResolver({ env, timeout: 5000 });
    return resolver(names);
  };
}
