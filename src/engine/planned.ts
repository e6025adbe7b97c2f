/** Vertices that a build may have before its log shows them: BuildKit prints late, and a killed run reads no more. */
import { type Instruction, parseDockerfile } from "../dockerfile/index.ts";
import type { BuildRequest } from "./types.ts";

/** Names as BuildKit gives them to vertices, but for stages and numbers, which are not known, and variables, which are not expanded. */
export function plannedVertices({ dockerfile, settings }: Pick<BuildRequest, "dockerfile" | "settings">): string[] {
  const contexts = settings.buildContexts.map((context) => `[context ${context.split("=")[0]}] load from client`);
  const steps = parseDockerfile(dockerfile).instructions.flatMap((instruction) => {
    const wanted = instruction.trigger ?? instruction;
    return ["RUN", "COPY", "ADD", "WORKDIR"].includes(wanted.keyword) ? [`[0/0] ${nameOf(wanted)}`] : [];
  });
  return [
    ...["[internal] load build definition", "[internal] load build context", "[internal] preparing inline document"],
    ...contexts,
    ...["[0/0] FROM base", ...steps],
  ];
}

function nameOf({ keyword, flags, args, heredocs }: Instruction): string {
  const words = [keyword, ...flags.map(({ text }) => text.text), args.text].join(" ");
  const [first] = heredocs;
  return keyword === "RUN" && first ? `${words} (${first.content.trim().split("\n")[0]}...)` : words;
}
