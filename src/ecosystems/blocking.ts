/** For modules that look far for what commands read and write: a reason not to go on is thrown, and caught at the door. */

/** Thrown where it can't be told what a command does. It is no error, and has no stack. */
export class Blocked {
  /** A sentence, or its end, that names what can't be told. */
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** What `work` answers, or the reason that it was blocked by. */
export function orBlocked<Answer>(work: () => Answer): Answer | { readonly blocked: string } {
  try {
    return work();
  } catch (error) {
    if (error instanceof Blocked) return { blocked: error.message };
    throw error;
  }
}
