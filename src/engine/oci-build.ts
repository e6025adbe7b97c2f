/** Builds by podman and buildah: one builder (containers/buildah) behind two commands. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Workplace } from "./driver.ts";
import { EngineError } from "./error.ts";
import { buildFlags, cacheNamespace } from "./flags.ts";
import { labelFlags } from "./labels.ts";
import { StepLog } from "./oci-steps.ts";
import type { Build, BuildRequest } from "./types.ts";

/** `number` tells the builds of a session apart. */
export async function buildWith(place: Workplace, request: BuildRequest, number: number): Promise<Build> {
  const { client, maker, scratch, watch } = place;
  const { settings, dockerfile, ignoreFile, context, onStep } = request;
  if (settings.builder !== undefined)
    throw new EngineError(`${client.program} has no builders to choose from: --builder is docker's`);
  const folder = await mkdtemp(join(scratch, "build-"));
  const [file, ignored, id] = [join(folder, "Dockerfile"), join(folder, "ignore"), join(folder, "id")];
  // Cache mounts are folders below TMPDIR.
  const caches = join(scratch, `caches-${cacheNamespace(request, maker.run, number)}`);
  const watching = await watch(request);
  try {
    await mkdir(caches, { recursive: true });
    await writeFile(file, dockerfile);
    if (ignoreFile !== undefined) await writeFile(ignored, ignoreFile);
    const log = new StepLog(onStep);
    const begun = performance.now();
    const { code, stdout, stderr, timedOut } = await client.try(
      [
        // Docker's format alone keeps HEALTHCHECK, SHELL and ONBUILD.
        ...["build", "--layers", "--force-rm", "--format=docker", `--iidfile=${id}`, `--file=${file}`],
        ...(ignoreFile === undefined ? [] : [`--ignorefile=${ignored}`]),
        ...buildFlags(request, maker),
        ...labelFlags(maker).map((flag) => flag.replace("--label=", "--layer-label=")),
        ...["--", context],
      ],
      { timeout: settings.timeout, onOutput: (line) => log.read(line), env: { TMPDIR: caches } },
    );
    const seconds = (performance.now() - begun) / 1000;
    if (timedOut)
      throw new EngineError(
        `${log.current ?? "the build"} did not end within ${settings.timeout} s: --timeout SECONDS gives a build more time`,
      );
    if (code === undefined) throw new EngineError("the build was ended by somebody else");
    const { steps } = log;
    if (code === 0) return { ok: true, image: (await readFile(id, "utf8")).trim(), steps, seconds };
    const surroundings = surroundingsOf(stderr);
    if (surroundings !== undefined) throw new EngineError(surroundings);
    return { ok: false, failure: failureOf(stderr), log: `${stdout}${stderr}`, steps, seconds };
  } finally {
    watching.end();
    await rm(folder, { recursive: true, force: true });
  }
}

function lastError(said: string): string {
  const lines = said.trimEnd().split("\n");
  return (lines.findLast((line) => line.startsWith("Error: ")) ?? lines.at(-1) ?? "").replace(/^Error: /, "");
}

/** One line for a build that failed by the fault of its surroundings; undefined where the file itself is at fault. */
export function surroundingsOf(said: string): string | undefined {
  const error = lastError(said);
  const shortName = /short-name "(\S+)" did not resolve/.exec(error)?.[1];
  const pulled = shortName ?? /initializing source docker:\/\/(\S+?): /.exec(error)?.[1];
  if (pulled !== undefined)
    return `the base image ${pulled} can't be pulled: ${error.slice(error.indexOf(pulled) + pulled.length).replace(/^"?:? /, "")}`;
  const secret = /secret ([^:\s]+) not found|no secret with id "?([^"\s]+)/i.exec(error);
  return secret
    ? `the build needs the secret ${secret[1] ?? secret[2]}: give it with --secret id=${secret[1] ?? secret[2]},src=FILE`
    : undefined;
}

/** The failed step and how it ended, in one line. */
export function failureOf(said: string): string {
  const error = lastError(said);
  const [, step, how] = /^building at STEP "(.*?)": (?:while running runtime: )?(.*)$/.exec(error) ?? [];
  return step === undefined ? error : `${step}: ${how}`;
}
