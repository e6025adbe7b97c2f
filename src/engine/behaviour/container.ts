import type { ContainerRequest, Session } from "../types.ts";

/** A container while `use` runs; it is gone afterwards, running or not. */
export async function withContainer<Result>(
  { engine }: Session,
  request: ContainerRequest,
  use: (container: string) => Promise<Result>,
): Promise<Result> {
  const container = await engine.create(request);
  try {
    return await use(container);
  } finally {
    await engine.remove(container);
  }
}
