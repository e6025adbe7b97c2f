import ms, { type StringValue } from "ms";
import { nanoid } from "nanoid";

export interface Link {
  readonly id: string;
  readonly target: string;
  readonly expires: number;
}

/** Keeps links in memory until they expire. */
export class Links {
  readonly #links = new Map<string, Link>();

  /** Throws a RangeError for a target that is no web address, or for a lifetime that `ms` does not understand. */
  add(target: string, lifetime: string, now = Date.now()): Link {
    if (!/^https?:/.test(target) || !URL.canParse(target)) throw new RangeError(`not a web address: ${target}`);
    const time = ms(lifetime as StringValue);
    if (time === undefined || !(time > 0)) throw new RangeError(`not a lifetime: ${lifetime}`);
    const link = { id: nanoid(8), target, expires: now + time };
    this.#links.set(link.id, link);
    return link;
  }

  find(id: string, now = Date.now()): Link | undefined {
    const link = this.#links.get(id);
    if (link && link.expires <= now) this.#links.delete(id);
    return link && link.expires > now ? link : undefined;
  }

  get count(): number {
    return this.#links.size;
  }
}
