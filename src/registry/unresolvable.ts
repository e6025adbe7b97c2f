/** Why a reference has no digest. The message is the reason that users read: one sentence without a final period. */
export class Unresolvable extends Error {
  override readonly name = "Unresolvable";
}
