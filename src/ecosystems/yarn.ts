import { subcommands } from "./subcommands.ts";
import type { Ecosystem } from "./types.ts";

const known = subcommands({
  name: "yarn",
  commands: ["yarn", "yarnpkg"],
  purposes: {
    dependencies: ["install", "add", "workspaces focus", "rebuild"],
    system: ["global add", "set version", "policies set-version"],
    files: ["config", "config set", "init"],
    clean: ["cache clean"],
  },
  valued: ["--cwd", "--cache-folder", "--network-timeout", "--modules-folder", "--registry", "--network-concurrency"],
});

/** Yarn, classic and berry. Without a subcommand it installs; any other word runs a script. */
export const yarn: Ecosystem = {
  ...known,
  recognise(call) {
    const found = known.recognise(call);
    if (found) return found;
    const plain = call.args.filter((word) => !word?.startsWith("-"));
    if (call.args.includes("--version") || call.args.includes("-v")) return { purpose: "files", action: "version" };
    return plain.length === 0 ? { purpose: "dependencies", action: "install" } : { purpose: "build", action: "run" };
  },
};
