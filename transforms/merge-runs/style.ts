/** How a file writes its long RUNs. */
import { type Dockerfile, type Instruction, sliceOf } from "../../src/transform/index.ts";

export interface Style {
  /** `&& ` begins a line, instead of ending the one before. */
  readonly leading: boolean;
  readonly indent: string;
}

const files = new WeakMap<Dockerfile, Partial<Style>>();

/** The style of the first of `runs` that shows one, else that of the file's other RUNs, else four spaces and ` && \`. */
export function styleOf(dockerfile: Dockerfile, runs: readonly Instruction[]): Style {
  let file = files.get(dockerfile);
  if (!file) {
    file = styleIn(dockerfile, dockerfile.instructions);
    files.set(dockerfile, file);
  }
  return { leading: false, indent: "    ", ...file, ...styleIn(dockerfile, runs) };
}

function styleIn(dockerfile: Dockerfile, instructions: readonly Instruction[]): Partial<Style> {
  const texts = instructions
    .filter(({ keyword, heredocs }) => keyword === "RUN" && heredocs.length === 0)
    .map(({ span }) => sliceOf(dockerfile.source, span))
    .filter((text) => text.includes("\n"));
  const continuation = dockerfile.escape === "\\" ? "\\\\" : "`";
  const leading = /\n([ \t]+)&&(?=\s)/;
  const trailing = new RegExp(
    `&&[ \\t]*${continuation}[ \\t]*\\r?\\n(?:[ \\t]*#.*\\n|[ \\t]*\\r?\\n)*([ \\t]+)(?=\\S)`,
  );
  const statement = new RegExp(
    `;[ \\t]*${continuation}[ \\t]*\\r?\\n(?:[ \\t]*#.*\\n|[ \\t]*\\r?\\n)*([ \\t]+)(?=\\S)`,
  );
  const inner = /\n([ \t]+)(?=[^\s#])/;
  for (const text of texts) {
    const ahead = leading.exec(text);
    const behind = trailing.exec(text);
    const first = ahead && (!behind || ahead.index < behind.index) ? ahead : behind;
    if (first?.[1] !== undefined) return { leading: first === ahead, indent: first[1] };
  }
  const indent = firstMatch(texts, statement) ?? firstMatch(texts, inner);
  return indent === undefined ? {} : { indent };
}

function firstMatch(texts: readonly string[], pattern: RegExp): string | undefined {
  for (const text of texts) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
