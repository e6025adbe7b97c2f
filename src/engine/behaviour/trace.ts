/** Which files the original opens while it runs, and whether the new image has them. */
import { mayBeUnasked, packageOf } from "../../ecosystems/index.ts";
import { Image } from "../closure/image.ts";
import { leftOutOfJava } from "../closure/java/modules.ts";
import { readHeader } from "../trees/tar-header.ts";
import type { Behaviour, Difference, ImageTree, Session, Trace } from "../types.ts";
import { type BehaviourOptions, DEFAULT_SECONDS } from "./compare.ts";
import { withContainer } from "./container.ts";
import { observe } from "./observe.ts";
import { compareOpened } from "./opened.ts";
import { foreign, inPath, portable } from "./portable.ts";
import { proberOf } from "./prober.ts";
import { startupOf } from "./startup.ts";
import { openedIn, STRACE_FLAGS } from "./strace.ts";
import { tarOf } from "./tar-writer.ts";

export interface TraceOptions extends BehaviourOptions {
  /** Paths with a slash at the front whose content two builds of the original, or the base images, leave different: it is not compared. */
  readonly unsteady?: ReadonlySet<string> | undefined;
  /** Whether an absolute path is opened because of a command that the new image does not have. */
  readonly isOfCommand?: ((path: string) => boolean) | undefined;
  /** What it does without a tracer: one that does something else under it tells nothing. */
  readonly kind?: Behaviour["kind"] | undefined;
}

/** Of the tracer, in the container; no image has it. */
const FOLDER = ".refit-trace";
const OUT = `${FOLDER}/out`;

/** A traced program is slower. */
const PATIENCE = 2;

/** Runs the image `before` under strace and holds each file of its tree that it opens against the tree of the new image. */
export async function traceOriginal(
  session: Session,
  before: string,
  trees: { readonly before: ImageTree; readonly after: ImageTree },
  options: TraceOptions,
): Promise<Trace> {
  const info = await session.engine.inspect(before);
  const { words, folder, exposed } = startupOf(info);
  if (words.length === 0) return notTraced("the image has no command of its own");
  const stranger = foreign(info.platform);
  if (stranger !== undefined) return notTraced(stranger);
  const program = await inPath("strace", process.env.PATH ?? "");
  const strace = program && (await portable(program, FOLDER));
  if (!strace) return notTraced("there is no strace on this machine: install it to see which files the original opens");

  const command = [...strace.command, ...STRACE_FLAGS, `--output=/${OUT}/trace`, "--", ...words];
  const seconds = (options.seconds ?? DEFAULT_SECONDS) * PATIENCE;
  const watch = { exposed, probes: options.probes, seconds, prober: await proberOf(session) };
  const { traces, kind, summary } = await withContainer(
    session,
    { image: before, command, network: "none" },
    async (container) => {
      // The image's user writes there, whoever that is.
      const tar = Buffer.concat([...tarOf([...strace.files, { path: OUT, mode: 0o1777 }])]);
      await session.engine.copyIn(container, tar);
      const { kind, summary } = await observe(session, container, watch);
      return { traces: tracesIn(await session.engine.copyOut(container, `/${OUT}`)), kind, summary };
    },
  );
  const opened = openedIn(traces, folder);
  if (opened.length === 0) return notTraced(`strace did not see it start: it ${summary}`);
  if (options.kind !== undefined && kind !== options.kind) return notTraced(`under strace it ${summary}`);
  const [original, now] = [new Image(trees.before, info.config), new Image(trees.after, info.config)];
  const { files, differences } = compareOpened(opened, original, now, options.unsteady);
  const ofJava = leftOutOfJava(original, now);
  // Who misses such a package when it is imported is told by the closure.
  const isUnasked = (at: string) => mayBeUnasked(packageOf(at.split("/node_modules/").slice(1).at(-1) ?? "") ?? "");
  const isLeftOut = (at: string) => ofJava(at) || isUnasked(at);
  const isOther = ({ at, kind }: Difference) => !options.isOfCommand?.(at) && !(kind === "gone" && isLeftOut(at));
  return { files, differences: differences.filter(isOther), notTraced: undefined };
}

function notTraced(why: string): Trace {
  return { files: 0, differences: [], notTraced: why };
}

/** By process id, of a tar of the output folder. */
function tracesIn(tar: Buffer): ReadonlyMap<number, string> {
  const traces = new Map<number, string>();
  for (let at = 0; at < tar.length; ) {
    const header = readHeader(tar.subarray(at, at + 512));
    if (header === undefined) break;
    const id = /\/trace\.(\d+)$/.exec(header.name)?.[1];
    if (id !== undefined) traces.set(Number(id), tar.toString("utf8", at + 512, at + 512 + header.size));
    at += 512 + Math.ceil(header.size / 512) * 512;
  }
  return traces;
}
