/** Broken variants of the other transforms, as changes of what the real ones write or as rewrites of their own. */
import { fromView, type Keyword } from "../../src/dockerfile/index.ts";
import type { Facts } from "../../src/image/index.ts";
import { applyEdits, sliceOf } from "../../src/text/index.ts";
import type { Transform } from "../../src/transform/index.ts";
import type { Rewrite } from "./merging.ts";

/** What `transform` writes at its first place, changed by `spoil`; undefined where that changes nothing. */
export function spoiled(transform: Transform, spoil: (text: string, facts: Facts) => string): Rewrite {
  return (facts) => {
    for (const place of transform.find(facts, transform.options?.defaults)) {
      const proposal = transform.rewrite(place, facts, transform.options?.defaults);
      if ("declined" in proposal) continue;
      const good = applyEdits(facts.dockerfile.source, proposal.edits);
      const bad = spoil(good, facts);
      if (bad !== good) return bad;
    }
    return undefined;
  };
}

/** Swaps the first two neighbours of these kinds. */
export function swapping(first: Keyword, second: Keyword): Rewrite {
  return ({ dockerfile, stages }) => {
    const { source } = dockerfile;
    for (const { steps } of stages) {
      for (const [index, { instruction: one }] of steps.entries()) {
        const two = steps[index + 1]?.instruction;
        if (one.keyword !== first || two?.keyword !== second) continue;
        const texts = [sliceOf(source, two.span), sliceOf(source, one.span)];
        return `${source.slice(0, one.span.start)}${texts.join("\n")}${source.slice(two.span.end)}`;
      }
    }
    return undefined;
  };
}

/** `ENV A=1` and `ENV B=$A` in one instruction. */
export const joiningEnv: Rewrite = ({ dockerfile, stages }) => {
  const { source } = dockerfile;
  for (const { steps } of stages) {
    for (const [index, { instruction: one }] of steps.entries()) {
      const two = steps[index + 1]?.instruction;
      if (one.keyword !== "ENV" || two?.keyword !== "ENV") continue;
      return `${source.slice(0, one.span.end)} ${two.args.text}${source.slice(two.span.end)}`;
    }
  }
  return undefined;
};

/** An install comes right behind the files that `manifests` names, the sources after it, with none of the questions that must be asked. */
export function movingManifests(manifests: readonly string[], rest = ""): Rewrite {
  return ({ dockerfile, context, stages }) => {
    const { source } = dockerfile;
    const steps = stages[0]?.steps ?? [];
    const copy = steps.find(
      ({ instruction }) =>
        /^(\. \.|\.\/ \.\/|\. \/app\/?)$/.test(instruction.args.text) && instruction.keyword === "COPY",
    );
    const install = steps.find(({ invocations }) => invocations.some(({ purpose }) => purpose === "dependencies"));
    const found = manifests.filter((path) => context?.has(path));
    if (!copy || !install || found.length === 0 || install.index < copy.index) return undefined;
    const sources = sliceOf(source, copy.instruction.span);
    const flags = copy.instruction.flags.map(({ span }) => `${sliceOf(source, span)} `).join("");
    const before = source.slice(0, copy.instruction.span.start);
    const between = source.slice(copy.instruction.span.end, install.instruction.span.end);
    const end = source.slice(install.instruction.span.end);
    return `${before}COPY ${flags}${found.join(" ")} ./${rest}${between}\n${sources}${end}`;
  };
}

/** `command` runs before the first COPY of the sources with `manifests`, whatever comes between and behind. */
export function downloading(command: string, manifests: readonly string[]): Rewrite {
  return ({ dockerfile, context }) => {
    const { source } = dockerfile;
    const at = source.search(/^COPY (\S+ )?\. /m);
    if (at < 0 || !manifests.every((path) => context?.has(path))) return undefined;
    return `${source.slice(0, at)}COPY ${manifests.join(" ")} ./\nRUN ${command}\n${source.slice(at)}`;
  };
}

/** Every FROM gets this digest, whatever it names. */
export function pinningAll(digest: string): Rewrite {
  return ({ dockerfile }) => {
    let text = dockerfile.source;
    for (const instruction of dockerfile.instructions.toReversed()) {
      const image = fromView(instruction)?.image;
      if (image && !image.text.includes("@"))
        text = `${text.slice(0, image.span.end)}@${digest}${text.slice(image.span.end)}`;
    }
    return text === dockerfile.source ? undefined : text;
  };
}

/** Variables in FROM are replaced by what their defaults name, with its digest. */
export const pinningVariables: Rewrite = ({ dockerfile, stages, digests }) => {
  for (const { from, base } of stages) {
    const image = fromView(from)?.image;
    if (!image?.text.includes("$") || base.kind !== "image" || base.reference === undefined) continue;
    const resolution = digests.get(base.reference);
    if (!resolution || !("digest" in resolution)) continue;
    const { source } = dockerfile;
    return `${source.slice(0, image.span.start)}${base.reference}@${resolution.digest}${source.slice(image.span.end)}`;
  }
  return undefined;
};
