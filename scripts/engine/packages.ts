/** Debian packages, installed only where they are missing. */
import { execFileSync, spawnSync } from "node:child_process";

/** Installs what is missing of `names`. Needs root and apt-get. */
export function installPackages(names: readonly string[]): void {
  const missing = missingPackages(names);
  if (missing.length === 0) return;
  console.log(`Installing Debian packages: ${missing.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  execFileSync("apt-get", ["update", "-qq"], { env, stdio: ["ignore", "ignore", "inherit"] });
  const install = ["install", "-qq", "-y", "--no-install-recommends", ...missing];
  execFileSync("apt-get", install, { env, stdio: ["ignore", "ignore", "inherit"] });
}

/** Packages among `names` that dpkg does not hold as installed. Every one of them where there is no dpkg. */
function missingPackages(names: readonly string[]): string[] {
  return names.filter((name) => {
    const asked = spawnSync("dpkg-query", ["--show", "--showformat=${db:Status-Status}", name], { encoding: "utf8" });
    return asked.stdout !== "installed";
  });
}
