/**
 * Thrown inside the work of splitting an app where something stands in the way, and caught where the answer is given. It is no error:
 * most places are declined, and a stack would cost more than all the rest.
 */
export class Decline {
  /** A sentence without its period, that names the thing in the file. */
  readonly message: string;
  /** A stable kebab-case word for counting. */
  readonly code: string;

  constructor(code: string, sentence: string) {
    this.code = code;
    this.message = sentence;
  }
}
