/** What a transform guarantees about the built image (docs: design, "Promises"). */
export type PromiseName = "same-image" | "same-image-less-caches" | "same-runtime";

export type Verdict =
  | { readonly kind: "kept" }
  | { readonly kind: "broken"; readonly differences: readonly string[] }
  | { readonly kind: "undecided"; readonly reason: string };
