/** Tiny transforms for tests of the machinery around them. */
import { defineTransform, type Phase, replace, type Span, sliceOf, type Transform } from "../../src/transform/index.ts";

/** Rewrites comments with `change`; leaves those that say "keep" alone. Comments are nothing to an image. */
export function commentTransform(name: string, change: (comment: string) => string, phase: Phase = "order"): Transform {
  return defineTransform<Span>({
    name,
    summary: "Rewrite comments, for tests of everything but transforms",
    phase,
    promise: "same-image",
    status: "preview",
    since: "next",
    examples: ["none"],
    *find({ dockerfile }) {
      for (const span of dockerfile.comments) {
        const comment = sliceOf(dockerfile.source, span);
        if (change(comment) !== comment) yield { at: span, data: span };
      }
    },
    rewrite({ data: span }, { dockerfile }) {
      const comment = sliceOf(dockerfile.source, span);
      if (comment.includes("keep")) return { declined: "the comment says keep", code: "says-keep" };
      return { edits: [replace(span, change(comment))], why: "loud comments are read" };
    },
  });
}

export const shoutNote = commentTransform("shout-note", (comment) => comment.replace("note", "NOTE"));

/** Shouts in `notes.txt` of the build context as well, together with the first comment that it changes. */
export const shoutInNotes: Transform = defineTransform<Span>({
  ...shoutNote,
  name: "shout-in-notes",
  *find(facts, options) {
    const notes = facts.context?.read("notes.txt") ?? "";
    const [first] = [...shoutNote.find(facts, options)];
    if (first && notes.includes("note")) yield first;
  },
  rewrite(place, facts, options) {
    const proposal = shoutNote.rewrite(place, facts, options);
    const before = facts.context?.read("notes.txt") ?? "";
    const start = before.indexOf("note");
    const edits = [replace({ start, end: start + 4 }, "NOTE")];
    return "edits" in proposal ? { ...proposal, files: [{ path: "notes.txt", before, edits }] } : proposal;
  },
});
