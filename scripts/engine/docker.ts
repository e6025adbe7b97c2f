/** The docker command line. */
import { execFileSync } from "node:child_process";

/** Every image and container that a test makes carries this label, so that `removeMade` finds it. */
const MADE = "refit.made";

/** The flag that labels it, with the run of tests that it belongs to: several may go on at once. */
export const madeHere = () => `--label=${MADE}=${process.env.REFIT_TEST_RUN ?? process.pid}`;

const LARGE = 1 << 28;

/** Runs docker and returns what it printed; throws with its stderr when it fails. */
export function docker(args: readonly string[]): string {
  return execFileSync("docker", args, { encoding: "utf8", maxBuffer: LARGE, stdio: "pipe" });
}

/** Removes all containers and images that tests made, or those of the run of tests `run`. */
export function removeMade(run?: string): void {
  const filter = `label=${MADE}${run === undefined ? "" : `=${run}`}`;
  const containers = words(docker(["ps", "--all", "--quiet", "--filter", filter]));
  if (containers.length > 0) docker(["rm", "--force", "--volumes", ...containers]);
  const images = words(docker(["images", "--quiet", "--filter", filter]));
  if (images.length > 0) docker(["rmi", "--force", ...new Set(images)]);
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
