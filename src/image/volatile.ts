/** How often what a step brings into the image changes. */
import { posix } from "node:path";
import { copyView } from "../dockerfile/index.ts";
import { contextCopiesOf } from "./context-copies.ts";
import { isManifest } from "./editable.ts";
import { stageNamed } from "./facts.ts";
import { lineageOf } from "./lineage.ts";
import type { Facts, Step } from "./types.ts";

/** `never` by an edit of the build context; `rarely` with manifests and settings; `often` with sources, and with what is on a branch elsewhere. */
export type Volatility = "never" | "rarely" | "often";

/** Single files that hardly anybody calls sources. */
const SETTINGS =
  /\.(sh|bash|conf|cfg|ini|toml|ya?ml|properties|repo|list|gpg|asc|pem|crt|key|patch|diff|deb|rpm|apk|whl|jar|gz|xz|zip)$/i;

/** Branches by the names that most have, in the addresses of forges; a repository without a reference is its default branch. BuildKit asks at each build. */
const BRANCH =
  /\/(archive|zipball|tarball|raw|heads)\/(refs\/heads\/.+|(main|master|develop|trunk|nightly)\b.*)$|\/\/raw\.[^/]+\/[^/]+\/[^/]+\/(main|master|develop|trunk)\/|(^git@.*|\.git)(#((main|master|develop|trunk)(:.*)?|:.*)?)?$/i;

const volatilities = new WeakMap<Step, Volatility>();

export function volatilityOf(step: Step, facts: Facts): Volatility {
  const volatility = volatilities.get(step) ?? madeVolatility(step, facts);
  volatilities.set(step, volatility);
  return volatility;
}

function madeVolatility(step: Step, facts: Facts): Volatility {
  const { keyword } = step.instruction;
  if (keyword !== "COPY" && keyword !== "ADD") return "never";
  const from = copyView(step.instruction)?.from;
  if (from) return volatilityOfStage(from.value ?? "", step, facts);
  const [copy] = contextCopiesOf(facts.dockerfile, [step]);
  if (!copy) return "never";
  const all = copy.sources ?? ["."];
  if (keyword === "ADD" && all.some((source) => isRemote(source) && BRANCH.test(source))) return "often";
  const sources = all.filter((source) => keyword === "COPY" || !isRemote(source));
  if (sources.length === 0) return "never";
  return sources.every((source) => changesRarely(source, facts)) ? "rarely" : "often";
}

function isRemote(source: string): boolean {
  return /^([a-z][a-z0-9+.-]*:\/\/|git@)/i.test(source);
}

function changesRarely(source: string, { context }: Facts): boolean {
  const path = posix.normalize(source).replace(/^\/|\/$/g, "");
  if (context?.isFolder(path)) return false;
  return isManifest(path.replace(/\*/g, "")) || isManifest(path) || SETTINGS.test(path);
}

/** Of a COPY from another stage: that of the sources which are copied there, or in the stages that it stands on. */
function volatilityOfStage(name: string, { stage }: Step, facts: Facts): Volatility {
  const earlier = facts.stages.slice(0, stage.index);
  const source = stageNamed(earlier, name) ?? (/^\d+$/.test(name) ? earlier[Number(name)] : undefined);
  const steps = source ? lineageOf(source, facts.stages).flatMap(({ steps }) => steps) : [];
  return steps.some((step) => volatilityOf(step, facts) === "often") ? "often" : "never";
}

/** Whether what it clones may be another commit each time. */
export function clonesBranch({ invocations, script }: Step): boolean {
  if (/\bgit\b.*\b(checkout|reset|switch)\b/s.test(script?.source.text ?? "")) return false;
  return invocations.some(
    ({ ecosystem, call, action }) =>
      ecosystem === "git" && action === "clone" && !call.args.some((word) => /^(-b|--branch)/.test(word ?? "")),
  );
}
