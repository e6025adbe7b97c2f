/** Installs a Docker Engine where it is missing, starts it, and makes the base images named (all of them by default). */
import { baseNames, basePackages, makeBase } from "./bases.ts";
import { startDaemon } from "./daemon.ts";
import { installPackages } from "./packages.ts";

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !baseNames.some((known) => known === name));
if (unknown !== undefined) throw new Error(`no base image is called ${unknown}; there are ${baseNames.join(", ")}`);
installPackages(["docker.io", "docker-cli", "docker-buildx", ...basePackages]);
await startDaemon();
for (const name of baseNames) if (asked.length === 0 || asked.includes(name)) makeBase(name);
