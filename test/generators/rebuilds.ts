/** Multi-stage Dockerfiles over a small context, and an edit of one of its paths: what a build cache must tell apart. */
import fc from "fast-check";
import type { ContextEdit } from "../../src/image/index.ts";

export interface RebuildCase {
  readonly dockerfile: string;
  readonly ignored: readonly string[];
  readonly edit: ContextEdit;
  /** A stage by name or number; undefined for the last. */
  readonly target: string | undefined;
}

/** Files of the context; one that ends in `→ x` is a link to x, and one that ends in `/` an empty folder. */
export const CONTEXT = [
  "one.txt",
  "two.txt",
  "app.json",
  "src/main.js",
  "src/run.sh",
  "src/lib/util.js",
  "src/lib/deep/data.txt",
  "docs/guide.md",
  "hollow/",
  "link → one.txt",
  "src/link → lib",
] as const;

const sources = fc.constantFrom(
  ...[".", "./", "src", "src/", "src/lib", "src/main.js", "one.txt", "docs/guide.md", "link", "hollow", "src/link"],
  ...[
    "one.txt two.txt",
    "src docs",
    "*.txt",
    "src/*",
    "s*",
    "*/main.js",
    "src/*/*",
    "src/[k-m]ib",
    "$WHERE",
    "src/l?b",
  ],
);

const ignores = fc.constantFrom<readonly string[]>(
  ...[[], [], [], ["docs"], ["**/*.md"], ["src/lib"], ["src/*", "!src/main.js"], ["*.txt"], ["hollow"]],
);

const flags = fc.constantFrom("", "", "", "", "--chown=1:1 ", "--chmod=755 ", "--link ");

const edits: fc.Arbitrary<ContextEdit> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      path: fc.constantFrom(...CONTEXT.filter((path) => !/[ /]$|→/.test(path))),
      kind: fc.constantFrom<ContextEdit["kind"]>("changed", "changed", "changed", "mode", "removed"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("new.txt", "src/new.js", "src/lib/deep/new", "docs/new.md", "hollow/new", "other/new"),
  }.arbitrary.map((path): ContextEdit => ({ path, kind: "added" })),
  fc.constantFrom("src", "src/lib", "docs").map((path): ContextEdit => ({ path, kind: "mode" })),
);

/** What a step may name: its own number, and paths that stages before it, and steps before it in its own, have made. */
interface Surroundings {
  readonly step: number;
  readonly stages: readonly (readonly string[])[];
}

type Step = (surroundings: Surroundings) => string;

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(flags, sources, fc.constantFrom("/", "")).map(copyFromContext) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(flags, fc.nat(), fc.nat(), fc.constantFrom("", "/main.js", "/lib", "/one.txt", "/*"))
      .map(copyFromStage),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom("type=bind,", ""), fc.constantFrom("source=src,", "src=src/lib,", "", "source=one.txt,"))
      .map(
        ([type, source]): Step =>
          ({ step }) =>
            mounting(`${type}${source}target=/m${source && "ount"}`, step),
      ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.nat(), fc.nat(), fc.constantFrom("", ",rw")).map(mountFromStage) },
  fc.constantFrom<Step>(
    ({ step }) => `RUN echo ran > /step${step}`,
    ({ step }) => `RUN --mount=type=cache,target=/var/cache echo ran > /step${step}`,
    ({ step }) => `RUN --mount=type=secret,id=none --mount=type=tmpfs,target=/t echo ran > /step${step}`,
    ({ step }) => `RUN cp -r /etc /step${step} && date +%N > /now`,
    ({ step }) => `WORKDIR /step${step}`,
    ({ step }) => `WORKDIR step${step}`,
    () => "WORKDIR /",
    () => "ENV WHERE=src/lib",
    () => "USER 0",
    ({ step }) => `COPY <<EOF /step${step}/main.js\ntext of $WHERE\nEOF`,
    ({ step }) => `ADD src/main.js /step${step}/`,
    ({ step }) => `COPY --from=busybox /bin/sh /step${step}`,
  ),
);

function copyFromContext([flag, source, slash]: readonly [string, string, string]): Step {
  return ({ step }) => `COPY ${flag}${source} /step${step}${/[ *?]/.test(source) ? "/" : slash}`;
}

function copyFromStage([flag, stage, path, below]: readonly [string, number, number, string]): Step {
  return ({ step, stages }) => {
    const made = stages.length > 0 ? stages[stage % stages.length]! : [];
    if (made.length === 0) return `RUN echo alone > /step${step}`;
    const source = made[path % made.length]!;
    // Nobody knows here what lies below; a pattern may name nothing, where a plain path would fail.
    const tail = below.replace(/\w$/, "[$&]");
    return `COPY ${flag}--from=s${stage % stages.length} ${source}${below === "" ? "" : tail} /step${step}/`;
  };
}

function mountFromStage([stage, path, access]: readonly [number, number, string]): Step {
  return ({ step, stages }) => {
    const made = stages.length > 0 ? stages[stage % stages.length]! : [];
    const source = made[path % Math.max(1, made.length)] ?? "/";
    const from = stages.length > 0 ? `s${stage % stages.length}` : "busybox";
    return mounting(`from=${from},source=${source},target=/mount${access}`, step);
  };
}

function mounting(mount: string, step: number): string {
  return `RUN --mount=${mount} echo ran > /step${step}`;
}

const stages = fc.array(
  fc.record({ base: fc.nat(4), body: fc.array(steps, { minLength: 1, maxLength: 4 }), trigger: fc.nat(9) }),
  { minLength: 1, maxLength: 3 },
);

/** Each step that makes something names a path `/step7` that no other has, at its end. */
export const rebuilds: fc.Arbitrary<RebuildCase> = fc
  .tuple(stages, ignores, edits, fc.nat(8))
  .map(([bodies, ignored, edit, target]) => ({
    dockerfile: render(bodies),
    ignored,
    edit,
    target: targetOf(target, bodies.length),
  }));

/** Mostly the last; else one of the stages, by name or number. */
export function targetOf(chosen: number, stages: number): string | undefined {
  if (chosen > 2) return undefined;
  return chosen % 2 === 0 ? `s${chosen % stages}` : `${chosen % stages}`;
}

type Body = typeof stages extends fc.Arbitrary<infer Value> ? Value : never;

function render(bodies: Body): string {
  const lines = ["ARG WHERE=src"];
  const made: string[][] = [];
  let step = 0;
  for (const [index, { base, body, trigger }] of bodies.entries()) {
    lines.push(`FROM ${base < index ? `s${base}` : "busybox"} AS s${index}`, "ARG WHERE");
    if (trigger === 0) lines.push(`ONBUILD COPY one.txt /step${++step}/`);
    const own: string[] = [];
    for (const write of body) {
      const line = write({ step: ++step, stages: made });
      lines.push(line);
      if (!/^(ENV|USER|WORKDIR)/.test(line)) own.push(`/step${step}`);
    }
    made.push(own);
  }
  return `${lines.join("\n")}\n`;
}
