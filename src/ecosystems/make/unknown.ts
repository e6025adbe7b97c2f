/** Where what a build makes is not known. */
export function unknown(reason: string): { readonly unknown: string } {
  return { unknown: reason };
}
