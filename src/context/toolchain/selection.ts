/** In which packages of a workspace a command of a package manager works. */
import type { Leaf } from "./leaves.ts";

type Words = Leaf["words"];

export interface Selection {
  /** The command without the words that say where it works. */
  readonly words: Words;
  /** What names the packages, as written; absent where it works in the package that it is called in. */
  readonly members?: readonly string[] | "all";
  /** Whether a package that lacks the script is passed over. */
  readonly ifPresent: boolean;
}

/** How one package manager says it: options for all packages, and options whose value names some. */
interface Manner {
  readonly all: RegExp;
  readonly named: RegExp;
  /** Options that change nothing of what is run: how much is shown, how many run at once. */
  readonly quiet?: RegExp;
}

const MANNERS: Readonly<Record<"npm" | "pnpm" | "bun", Manner>> = {
  npm: { all: /^(--workspaces|-ws)$/, named: /^(-w|--workspace)$/ },
  pnpm: {
    all: /^(-r|--recursive)$/,
    named: /^(-F|--filter)$/,
    quiet:
      /^--(stream|parallel|no-bail|bail|sort|no-sort|aggregate-output|no-reporter-hide-prefix|reporter-hide-prefix|fail-if-no-match|if-present|workspace-concurrency=\d+|reporter=[\w-]+)$/,
  },
  bun: {
    all: /^--workspaces$/,
    named: /^(-F|--filter)$/,
    quiet: /^--(parallel|sequential|elide-lines=\d+|if-present)$/,
  },
};

/** The words of `manager` behind its name. Behind `--` they are the script's, and but for npm's all behind the name of the script. */
export function selectionOf(manager: keyof typeof MANNERS, given: Words): Selection {
  const { all, named, quiet } = MANNERS[manager];
  const kept: (string | undefined)[] = [];
  const members: string[] = [];
  let isAll = false;
  let at = 0;
  for (; at < given.length && given[at] !== "--"; at++) {
    const word = given[at];
    const [option = "", value] = word?.startsWith("-") ? word.split(/=(.*)/s) : [];
    if (all.test(word ?? "")) isAll = true;
    else if (named.test(option)) members.push(value ?? given[++at] ?? "");
    else if (manager !== "npm" && option === "" && word !== "run") break;
    else kept.push(word);
  }
  const isSome = isAll || members.length > 0;
  return {
    words: [...(isSome ? kept.filter((word) => !quiet?.test(word ?? "")) : kept), ...given.slice(at)],
    ...(members.length > 0 ? { members } : isAll && { members: "all" as const }),
    ifPresent: manager !== "npm" || given.includes("--if-present"),
  };
}

/** Options of `yarn workspaces foreach` that leave out no package and change nothing of what is run. */
const EACH = /^(-[Apitv]+|--(all|parallel|interlaced|topological|topological-dev|verbose))$/;

/** Yarn has subcommands for it: `workspace NAME`, `workspaces run` (classic), `workspaces foreach` (berry). */
export function yarnSelection(given: Words): Selection {
  const [action, next, ...rest] = given;
  if (action === "workspace" && next !== undefined)
    return { words: rest[0] === "run" ? rest : ["run", ...rest], members: [next], ifPresent: false };
  if (action !== "workspaces") return { words: given, ifPresent: false };
  if (next === "run") return { words: ["run", ...rest], members: "all", ifPresent: true };
  const first = rest.findIndex((word) => !EACH.test(word ?? ""));
  const isAll = rest.slice(0, first).some((word) => /^(-\w*A\w*|--all)$/.test(word ?? ""));
  return next === "foreach" && isAll
    ? { words: rest.slice(first), members: "all", ifPresent: true }
    : { words: given, ifPresent: false };
}
