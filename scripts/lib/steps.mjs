/** What start, test and check share. Plain JavaScript and no dependency: they run before anything is installed. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

export function say(text) {
  process.stderr.write(`\n> ${text}\n`);
}

/** Runs a program in the root of the project with the user's terminal; answers its exit code. */
export function run(program, args, options = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: "inherit", ...options });
  if (error) process.stderr.write(`${program}: ${error.message}\n`);
  return status ?? 1;
}

/** Runs one of the programs that npm installed here. */
export function runInstalled(name, args, options) {
  return run(join(root, "node_modules/.bin", name), args, options);
}

/** Ends the process where a step that the rest needs fails. */
export function must(status) {
  if (status !== 0) process.exit(status);
}

/** `npm ci`, unless what is installed is what the lock file asks for. */
export function installWhatIsMissing() {
  if (isInstalled()) return;
  say("Installing dependencies (npm ci)");
  must(run("npm", ["ci", "--no-audit", "--no-fund"]));
}

/** npm notes in node_modules/.package-lock.json what it installed. */
function isInstalled() {
  const [wanted, installed] = ["package-lock.json", "node_modules/.package-lock.json"].map(packagesOf);
  if (!installed) return false;
  return Object.entries(wanted).every(([path, { version, optional, dev, peer }]) => {
    if (path === "" || optional || (peer && !dev)) return true;
    return installed[path]?.version === version && existsSync(join(root, path));
  });
}

function packagesOf(lock) {
  const file = join(root, lock);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : undefined;
}

export function build() {
  say("Building dist/");
  must(run(process.execPath, ["scripts/build.mjs"]));
}
