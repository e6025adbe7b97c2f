/** What marks an image, a container or a volume as refit's. */

/** The run that made it. */
export const RUN_LABEL = "dev.refit.run";
/** The state folder whose ledgers know the run: what another user's refit, or another machine's, made is left alone. */
export const OWNER_LABEL = "dev.refit.owner";

/** No part of what an image means. */
export const OWN_LABELS: readonly string[] = [RUN_LABEL, OWNER_LABEL];

/** Who makes things: the identifiers on their labels. */
export interface Maker {
  readonly run: string;
  readonly owner: string;
}

export function labelFlags({ run, owner }: Maker): string[] {
  return [`--label=${RUN_LABEL}=${run}`, `--label=${OWNER_LABEL}=${owner}`];
}
