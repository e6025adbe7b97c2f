/** Files to which the system's own settings lead programs, whatever their command lines say: repositories, keys, folders of libraries. */
import { broughtBy, contextCopiesOf } from "./context-copies.ts";
import { stepsBefore } from "./lineage.ts";
import type { Facts, Step } from "./types.ts";

/** Of package managers, and of the linker, whose cache an install of libraries makes anew. */
const SETTINGS = /\/etc\/(apt|apk|dnf|ld\.so\.conf|pacman|yum|zypp)/;

/** `signed-by=/app/key`, `file:/app/repository`, `/app/lib`; not what an address names behind its host. */
const NAMED = /(?:^|[\s"'=,[(]|\b(?:file|copy|dir):(?:\/\/)?)(\/[\w.+@-]+(?:\/[\w.+@-]+)*)/gm;

/** Longer files hold no settings that somebody wrote. */
const MOST = 65_536;

/** Absolute paths that the texts name which `step`, or a step before it, puts into such settings. */
export function namedInSettings(step: Step, facts: Facts): readonly string[] {
  return [...stepsBefore(step, facts.stages), step].flatMap((each) => textsInSettings(each, facts)).flatMap(pathsIn);
}

function pathsIn(text: string): string[] {
  return [...text.matchAll(NAMED)].map((match) => match[1]!);
}

function textsInSettings({ instruction, script, ...step }: Step, { dockerfile, context }: Facts): readonly string[] {
  const text = script?.source.text ?? dockerfile.source.slice(instruction.span.start, instruction.span.end);
  if (script || instruction.heredocs.length > 0) return SETTINGS.test(text) ? [text] : [];
  const copies = contextCopiesOf(dockerfile, [{ instruction, script, ...step }]);
  const toSettings = copies.filter(({ destination }) => /^\/(etc(\/|$)|$)/.test(destination?.path ?? ""));
  const brought = context ? broughtBy(context, toSettings).flatMap(({ places }) => [...places]) : [];
  return brought.flatMap(([path, source]) => (SETTINGS.test(path) ? (context?.read(source) ?? "").slice(0, MOST) : []));
}
