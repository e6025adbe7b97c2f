/** Flags that engines share. */
import { createHash } from "node:crypto";
import { labelFlags, type Maker } from "./labels.ts";
import type { BuildRequest, ContainerRequest } from "./types.ts";

/** Flags of a build that docker, podman and buildah understand alike. */
export function buildFlags({ settings, target, afresh }: BuildRequest, maker: Maker): string[] {
  const each = (flag: string, values: readonly string[]) => values.map((value) => `--${flag}=${value}`);
  return [
    ...labelFlags(maker),
    ...each("build-arg", settings.buildArgs),
    ...each("secret", settings.secrets),
    ...each("ssh", settings.ssh),
    ...each("build-context", settings.buildContexts),
    ...each("platform", settings.platform === undefined ? [] : [settings.platform]),
    ...each("network", settings.network === undefined ? [] : [settings.network]),
    ...each("target", target === undefined ? [] : [target]),
    ...(afresh ? ["--no-cache"] : []),
  ];
}

/** What a server needs to give up root, to bind its port and to end its children. */
const CAPABILITIES = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID", "NET_BIND_SERVICE", "KILL"];

/** Flags of a container that can harm nothing: no network, nothing of the host, few rights, limits of all that it could use up. */
export function containerFlags({ network }: ContainerRequest, maker: Maker): string[] {
  return [
    ...labelFlags(maker),
    `--network=${network}`,
    // Programs show their host's name, which would differ from one container to the next. One that shares a network shares the name.
    ...(network === "none" ? ["--hostname=refit"] : []),
    "--pull=never",
    "--cap-drop=ALL",
    ...CAPABILITIES.map((name) => `--cap-add=${name}`),
    "--security-opt=no-new-privileges",
    "--memory=2g",
    "--memory-swap=2g",
    "--pids-limit=512",
    "--cpus=1",
    "--log-driver=json-file",
    "--log-opt=max-size=64m",
  ];
}

/**
 * Whose cache mounts a build uses: those of this run and of this very text. A cache that one Dockerfile's build filled must not let another's
 * succeed or change its image; a later build of the same text (another target, a rebuild after an edit) finds it warm, as at home.
 * A build afresh starts with empty ones.
 */
export function cacheNamespace({ dockerfile, afresh }: BuildRequest, run: string, build: number): string {
  return `${run}-${afresh ? `afresh${build}` : createHash("sha256").update(dockerfile).digest("hex").slice(0, 12)}`;
}
