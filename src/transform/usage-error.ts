/** What the user asked for cannot be done. The message is one line that says what to change; told without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
