/** For modules that look far for what an install reads: a reason not to go on is thrown, and caught at the door. */

/** Thrown where it can't be told what a command reads. It is no error, and has no stack. */
export class Blocked {
  /** A sentence that names the file and what in it. */
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
