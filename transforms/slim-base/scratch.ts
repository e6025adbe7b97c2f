/** A static program that needs no other file than those that it looks up stands on nothing. */
import {
  type Facts,
  freeStageName,
  GO_LOOKS_UP,
  healthStart,
  type Invocation,
  isUnder,
  knownBase,
  mainStart,
  mayLinkC,
  namesMore,
  needsMore,
  quoted,
  type Start,
  type UseStart,
} from "../../src/transform/index.ts";
import { broughtFrom, isCopied, placesOf } from "./copied.ts";
import { scriptsIn } from "./needs.ts";
import type { Runtime } from "./runtime.ts";

/** Links in the images of Debian 12 and later, whose folders are in /usr. */
const LINKED = ["/bin", "/sbin", "/lib", "/lib64"];

/** A folder for everyone in images of Go. */
const GO_PATH = "/go";

/** What it needs that only a distribution has, as a clause; undefined where it can do without. */
export function whyNotScratch(runtime: Runtime, facts: Facts): string | undefined {
  const { stage, steps, image } = runtime;
  const { dockerfile, stages, context } = facts;
  if (!isStatic(facts)) return "no CGO_ENABLED=0 says that the program is static";
  const other = stages.find(({ from }) => from.flags.length > 0);
  if (other && stage.from.flags.length === 0)
    return `a step that collects files would run on another platform than ${quoted(dockerfile, other.from.span)}`;
  const run = steps.find(({ instruction }) => instruction.keyword === "RUN");
  if (run) return `${quoted(dockerfile, run.instruction.span)} needs a shell`;
  const starts = [mainStart(stage), healthStart(stage), ...facts.starts].filter((start) => start !== undefined);
  for (const start of starts) {
    const more = otherIn(start, runtime);
    if (more !== undefined) return `${"by" in start ? start.by : "the container"} starts ${more}`;
  }
  const [script] = scriptsIn(steps, context);
  if (script !== undefined) return `${script} needs a shell`;
  if (knownBase(image)?.distribution?.name !== "debian") return `what programs look up in ${image} is not known`;
  if (!context) return "its sources are not known";
  const places = steps.flatMap(placesOf);
  const odd = places.find((path) => isUnder(path, "/var/run") || isUnder(path, "/var/lock"));
  if (odd !== undefined) return `${odd} leads through a link of ${image}`;
  const isBrought = (path: string) => places.some((place) => place !== "/" && isUnder(path, place));
  const settings = steps.find(
    ({ instruction }) =>
      instruction.keyword === "ENV" && /\b(ZONEINFO|GOROOT|SSL_CERT_\w+)=/.test(instruction.args.text),
  );
  if (settings) return `${quoted(dockerfile, settings.instruction.span)} may name files of ${image}`;
  const told = steps.find(({ instruction: { keyword, args } }) => {
    // Programs are looked for in the folders of PATH, which need not be there.
    const text = keyword === "ENV" ? args.text.replace(/\bPATH[= ]\S*/g, "") : args.text;
    return TELLS.test(keyword) && namesMore(text, isBrought) !== undefined;
  });
  if (told) return `${quoted(dockerfile, told.instruction.span)} may name files of ${image}`;
  return needsMore(context, isBrought, broughtFrom(steps, context));
}

/** Instructions that tell a program what to work on. */
const TELLS = /^(ENV|CMD|ENTRYPOINT|HEALTHCHECK)$/;

/** Whether all that Go builds here is linked statically, whatever `--build-arg` says. */
function isStatic({ dockerfile, stages }: Facts): boolean {
  const steps = stages.flatMap((stage) => stage.steps);
  const isGo = ({ ecosystem, purpose }: Invocation) => ecosystem === "go" && purpose === "build";
  const isChosen = dockerfile.instructions.some(
    ({ keyword, args }) => keyword === "ARG" && /\bCGO_ENABLED\b/.test(args.text),
  );
  const mayLink = steps.some(({ invocations, before }) => invocations.some((it) => mayLinkC(it, before)));
  return !isChosen && !mayLink && steps.some(({ invocations }) => invocations.some(isGo));
}

/** What else than a program that the stage brings. A service may give the entry point another option. */
function otherIn(start: Start | UseStart, runtime: Runtime): string | undefined {
  if ("script" in start) return "a shell";
  const [program = ""] = start.words;
  return program.startsWith("-") || isCopied(program, runtime) ? undefined : `\`${program}\``;
}

/** A stage that collects what the program looks up, line by line, and the COPY that brings it. */
export function collectedFor({ stage, steps, image }: Runtime, { dockerfile }: Facts) {
  const name = freeStageName(dockerfile)(["files", "base-files"]);
  const places = steps.flatMap(placesOf);
  const isUsed = (folder: string) => places.some((path) => isUnder(path, folder));
  const release = Number.parseInt(knownBase(image)?.distribution?.version ?? "99", 10);
  const links = release < 12 ? [] : LINKED;
  const flags = stage.from.flags.map(({ text }) => `${text.text} `).join("");
  const words = [
    "RUN mkdir -p var/cache && cp -a --parents",
    ...GO_LOOKS_UP,
    ...[...links, GO_PATH].filter(isUsed),
    `/${name}`,
  ];
  return {
    lines: [
      `FROM ${flags}${image} AS ${name}`,
      `WORKDIR /${name}`,
      words.join(` ${dockerfile.escape}${dockerfile.eol}    `),
      "",
    ],
    copy: `COPY --from=${name} /${name} /`,
  };
}
