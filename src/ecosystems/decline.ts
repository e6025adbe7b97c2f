/** Thrown inside the work of splitting an app where something stands in the way, and caught where the answer is given. */
export class Decline extends Error {
  override readonly name = "Decline";
  /** A stable kebab-case word for counting. */
  readonly code: string;

  /** `sentence` has no final period and names the thing in the file. */
  constructor(code: string, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
