import { systemManager } from "./system.ts";
import type { Call, Ecosystem, Recognised } from "./types.ts";

/** Arch's package manager, whose subcommands are options: `-Syu`. */
export const pacman: Ecosystem = {
  ...systemManager({
    name: "pacman",
    purposes: {},
    declares: {
      title: "pacman",
      files: [],
      readsMore: [
        { what: "a package in a file, such as `-U ./app.pkg.tar.zst`", then: "declined" },
        { what: "a list of packages that only the shell knows, such as `$(cat packages)`", then: "declined" },
      ],
      installs: ["/usr", "/etc", "/var/lib/pacman/local"],
      caches: ["/var/cache/pacman/pkg", "/var/lib/pacman/sync"],
      network: "the mirrors of /etc/pacman.d/mirrorlist",
      builds: [],
    },
  }),
  recognise,
};

function recognise(call: Call): Recognised | undefined {
  const operation = call.args.find((word) => /^-[A-Z]/.test(word ?? ""));
  if (operation === undefined) return undefined;
  if (operation.startsWith("-S") && operation.includes("c")) return { purpose: "clean", action: operation };
  if (operation.startsWith("-R")) return { purpose: "clean", action: operation };
  if (/^-Sy+$/.test(operation) && call.args.length === 1) return { purpose: "index", action: operation };
  return /^-[SU]/.test(operation) ? { purpose: "system", action: operation } : undefined;
}
