/** Shell scripts of the build context that a RUN starts. What they leave behind, the RUN leaves behind. */
import { posix } from "node:path";
import {
  type BuildContext,
  copiedBy,
  copyView,
  type Dockerfile,
  type Escape,
  escapesOf,
  expandWord,
  type Facts,
  filesRunBy,
  flagNamed,
  type Obstacle,
  parseScript,
  plain,
  type Step,
} from "../../src/transform/index.ts";

/** Why nothing may follow `step` in its container; undefined without a context, or where no copied script says so. */
export function scriptObstacle(step: Step, { context, dockerfile }: Facts): Obstacle | undefined {
  const { script, before } = step;
  const files = context && script ? filesRunBy(script) : [];
  if (!context || files.length === 0) return undefined;
  const copied = copiedBefore(step, context, dockerfile);
  for (const file of files) {
    const path = copied.get(posix.resolve(before.cwd ?? "/", file));
    const text = path === undefined ? undefined : context.read(path);
    if (text === undefined || /^#!(?!.*\b(ba|da|a)?sh\b)/.test(text)) continue;
    const left = escapesOf(parseScript(plain(text), before.shell.dialect), before).find(outlivesItsShell);
    if (left) return { code: `script-${left.kind}`, reason: `in \`${path}\`, ${left.what}` };
  }
  return undefined;
}

/** An alias ends with the script's own shell, and what can't be read says nothing. */
function outlivesItsShell({ isolable, kind }: Escape): boolean {
  return !isolable && kind !== "alias" && kind !== "unknown" && kind !== "trap";
}

/** From paths in the image to paths in the context, by the COPYs of the stage up to `step`. */
function copiedBefore(
  { stage, index }: Step,
  context: BuildContext,
  dockerfile: Dockerfile,
): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const { instruction, before } of stage.steps.slice(0, index)) {
    const view = copyView(instruction);
    if (!view || view.from || view.sources.some(({ heredoc }) => heredoc)) continue;
    const expand = (text: string) => expandWord(text, (name) => before.env.get(name), dockerfile.escape);
    const sources = view.sources.flatMap(({ text }) => expand(text) ?? []);
    const destination = expand(view.destination.text);
    if (destination === undefined) continue;
    const keepsFolders = flagNamed(instruction, "parents") !== undefined;
    const { places: brought } = copiedBy(context, sources, destination, before.cwd ?? "/", keepsFolders);
    for (const [at, path] of brought) places.set(at, path);
  }
  return places;
}
