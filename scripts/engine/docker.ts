/** The docker command line. */
import { execFileSync } from "node:child_process";

/** Every image and container that a test makes carries this label, so that `removeMade` finds it. */
export const MADE = "refit.made";

const LARGE = 1 << 28;

/** Runs docker and returns what it printed; throws with its stderr when it fails. */
export function docker(args: readonly string[]): string {
  return execFileSync("docker", args, { encoding: "utf8", maxBuffer: LARGE, stdio: "pipe" });
}

/** Removes all containers and images labelled `MADE`. */
export function removeMade(): void {
  const containers = words(docker(["ps", "--all", "--quiet", "--filter", `label=${MADE}`]));
  if (containers.length > 0) docker(["rm", "--force", "--volumes", ...containers]);
  const images = words(docker(["images", "--quiet", "--filter", `label=${MADE}`]));
  if (images.length > 0) docker(["rmi", "--force", ...new Set(images)]);
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
