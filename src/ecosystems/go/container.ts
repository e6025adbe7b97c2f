/** What a Go program that is linked statically takes from its container, beside the files that are brought for it. */
import { type BuildContext, isUnder } from "../../context/index.ts";
import { ENGINE_FILES } from "../../shell/index.ts";
import type { Invocation, Surroundings } from "../types.ts";

/** Time zones by their old names too: `time.LoadLocation` looks there last (time/zoneinfo_goroot.go). */
export const GO_ZONES = "/usr/local/go/lib/time/zoneinfo.zip";

/**
 * All that Go's packages look up in an image of Debian (net, crypto/x509, os/user, mime, time of Go 1.25), and the folders that every program
 * takes for granted; what belongs together in a line.
 */
export const GO_LOOKS_UP: readonly string[] = [
  "/etc/passwd /etc/group /etc/nsswitch.conf /etc/protocols /etc/services /etc/mime.types",
  `/etc/ssl/certs /usr/share/ca-certificates /etc/localtime /usr/share/zoneinfo ${GO_ZONES}`,
  "/root /tmp /var/tmp",
];

/** Those, and what the engine writes when a container starts. */
const KNOWN = [...GO_LOOKS_UP.flatMap((line) => line.split(" ")), ...ENGINE_FILES];

/** Whether a command builds programs that may be linked with the C library: Go does that where it finds a compiler. */
export function mayLinkC(
  { ecosystem, purpose, action, call }: Invocation,
  { env }: Pick<Surroundings, "env">,
): boolean {
  const isBuild = ecosystem === "go" && purpose === "build" && ["build", "install"].includes(action);
  return isBuild && (call.env.has("CGO_ENABLED") ? call.env : env).get("CGO_ENABLED") !== "0";
}

/**
 * What in the sources of a program may need more, as a clause; undefined where nothing does. Modules that are downloaded are not looked
 * at. `isBrought` says which absolute paths are there, `isShipped` which files of the context may be.
 */
export function needsMore(
  context: BuildContext,
  isBrought: (path: string) => boolean,
  isShipped: (path: string) => boolean,
): string | undefined {
  const files = context.files().filter((path) => !ASIDE.test(path));
  const sources = files.filter((path) => path.endsWith(".go"));
  if (sources.length === 0) return "its sources are not in the build context";
  for (const path of [...sources, ...files.filter((file) => SETTINGS.test(file) && isShipped(file))]) {
    const text = context.read(path) ?? "";
    const starter = STARTS.exec(text)?.[0].replaceAll(/["\s(]/g, "");
    if (starter !== undefined) return `${path} uses ${starter}, which starts other programs`;
    const missing = namesMore(text, isBrought);
    if (missing !== undefined) return `${path} names ${missing}`;
  }
  return undefined;
}

/** A path of the system that a text names, which is neither looked up by Go nor brought. */
export function namesMore(text: string, isBrought: (path: string) => boolean): string | undefined {
  const named = [...text.matchAll(NAMES)].map(([, name]) => name!);
  return named.find((name) => !KNOWN.some((path) => isUnder(name, path)) && !isBrought(name));
}

const SETTINGS = /\.(ya?ml|toml|json|conf|cfg|ini|env|properties|tmpl)$|(^|\/)\.env$/;

/** Tests, modules of others, and what is for those who build. */
const ASIDE =
  /_test\.go$|(^|\/)(testdata|vendor|node_modules|\.[^/]+)\/|(^|\/)((docker-)?compose|\.golangci|\.goreleaser|\.air)[^/]*$/;

const STARTS = /"(os\/exec|plugin)"|\b(syscall|unix)\.(Exec|ForkExec|StartProcess)\(|\bos\.StartProcess\(/;

/** A path of the system, in a text. */
const NAMES = /(?<![\w.:/}-])(\/(?:bin|sbin|usr|etc|var|lib|lib64|opt|run|home|srv|root)\/[\w.@+-]+(?:\/[\w.@+-]+)*)/g;
