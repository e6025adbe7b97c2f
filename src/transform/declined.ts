/** Declines of a transform's parts, as the proposal that they come to. */
import { Decline } from "../ecosystems/index.ts";
import type { Span } from "../text/index.ts";
import type { Proposal } from "./types.ts";

/** What keeps a place as it is; the fields are those of a `Proposal` that declines. */
export interface Obstacle {
  readonly code: string;
  readonly reason: string;
  readonly because?: Span | undefined;
}

export function declinedBy({ code, reason, because }: Obstacle): Proposal {
  return { declined: reason, code, ...(because && { because }) };
}

/** What `propose` gives, or the `Decline` that it throws, which is `because` of that place. */
export function orDeclined(propose: () => Proposal, because?: Span): Proposal {
  try {
    return propose();
  } catch (error) {
    if (!(error instanceof Decline)) throw error;
    return declinedBy({ code: error.code, reason: error.message, because });
  }
}
