/** Multi-stage Dockerfiles with build arguments, and a change of an argument or of a line: what a build cache must tell apart. */
import fc from "fast-check";
import { targetOf } from "./rebuilds.ts";

export interface ChangeCase {
  readonly dockerfile: string;
  /** Given to the build before the change. */
  readonly buildArgs: Readonly<Record<string, string>>;
  /** A stage by name or number; undefined for the last. */
  readonly target: string | undefined;
  readonly change:
    | { readonly argument: string; readonly value: string }
    /** Counts from 0, over all instructions. */
    | { readonly line: number };
}

/** Each step names a path `/step7` that no other has, at its end. */
const STEPS: readonly ((step: number) => string)[] = [
  (step) => `RUN echo ran > /step${step}`,
  (step) => `RUN echo $LEVEL > /step${step}`,
  (step) => `RUN ["sh", "-c", "echo exec > /step${step}"]`,
  (step) => `RUN --mount=source=src,target=/mnt echo ran > /step${step}`,
  // Not the cache that the target names: refit's own builds have another one of those for each text of a Dockerfile.
  (step) => `RUN --mount=type=cache,id=cache-$LEVEL,target=/var/cache echo ran > /step${step}`,
  (step) => `COPY one.txt /step${step}`,
  (step) => `COPY two.txt /copied-$LEVEL/step${step}`,
  (step) => `COPY --chown=$OWNER src /step${step}/`,
  (step) => `COPY src step${step}/`,
  (step) => `COPY \${LEVEL:+one}.txt /step${step}`,
  (step) => `COPY <<EOF /step${step}\nlevel $LEVEL\nEOF`,
  (step) => `COPY <<"EOF" /step${step}\nlevel $LEVEL\nEOF`,
  (step) => `ADD one.txt /step${step}`,
  (step) => `WORKDIR /step${step}`,
  (step) => `WORKDIR /$LEVEL/step${step}`,
  (step) => `WORKDIR step${step}`,
];

const SETTINGS: readonly string[] = [
  ...["ARG LEVEL", "ARG LEVEL=stage", "ARG LEVEL", "ARG OWNER=1", "ARG EXTRA", "ARG EXTRA=none", "ARG HTTP_PROXY"],
  ...["ENV LEVEL=fixed", "ENV SAID=$LEVEL", "ENV A=b C='d e'", "ENV OLD form", "LABEL level=$LEVEL", "LABEL a=b"],
  ...["USER 0", "USER $OWNER", "USER 0:0", 'SHELL ["/bin/sh", "-c"]', 'SHELL ["/bin/sh", "-ec"]', "EXPOSE 80"],
  ...["CMD echo $LEVEL", 'ENTRYPOINT ["sh"]', "HEALTHCHECK NONE", "STOPSIGNAL 9", "VOLUME /data", "WORKDIR /"],
];

const one = fc.oneof(
  { weight: 3, arbitrary: fc.nat(STEPS.length - 1).map((index) => ({ index, setting: undefined })) },
  { weight: 2, arbitrary: fc.constantFrom(...SETTINGS).map((setting) => ({ index: 0, setting })) },
);

const stages = fc.array(
  fc.record({ base: fc.nat(3), body: fc.array(one, { minLength: 2, maxLength: 6 }), copies: fc.nat(9) }),
  { minLength: 1, maxLength: 2 },
);

const given: readonly Readonly<Record<string, string>>[] = [{}, {}, { LEVEL: "given" }, { EXTRA: "e", OWNER: "2" }];

const arguments_ = fc.constantFrom("LEVEL", "LEVEL", "LEVEL", "EXTRA", "OWNER", "HTTP_PROXY", "UNDECLARED");

export const changes: fc.Arbitrary<ChangeCase> = fc
  .tuple(stages, fc.constantFrom(...given), fc.oneof(arguments_, fc.nat(30)), fc.nat(8))
  .map(([bodies, buildArgs, chosen, stage]) => {
    const dockerfile = render(bodies);
    const target = targetOf(stage, bodies.length);
    if (typeof chosen === "string") {
      const value = chosen === "OWNER" ? "7" : chosen === "HTTP_PROXY" ? "http://127.0.0.1:9" : "another";
      return { dockerfile, buildArgs, target, change: { argument: chosen, value } };
    }
    const lines = dockerfile.split("\n").filter((line) => /^[A-Z]+ /.test(line)).length;
    return { dockerfile, buildArgs, target, change: { line: chosen % lines } };
  });

function render(bodies: typeof stages extends fc.Arbitrary<infer Value> ? Value : never): string {
  const lines = ["ARG LEVEL=global", "ARG OWNER"];
  let step = 0;
  for (const [index, { base, body, copies }] of bodies.entries()) {
    // Nothing behind it is known to the cache from another case.
    lines.push(`FROM ${base < index ? `s${base}` : "busybox"} AS s${index}`, `COPY novelty.txt /step${900 + index}`);
    for (const { index: kind, setting } of body) lines.push(setting ?? STEPS[kind]!(++step));
    if (index > 0 && copies < 4) lines.push(`COPY --from=s0 /bin /step${++step}/`);
  }
  return `${lines.join("\n")}\n`;
}
