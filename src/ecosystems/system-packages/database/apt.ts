/** Debian's and Ubuntu's. */
import type { Asking, Dependencies } from "./types.ts";

const NOT_ASKED = ["suggests", "conflicts", "breaks", "replaces", "enhances"].map((each) => `--no-${each}`).join(" ");

export const apt: Asking = {
  refresh: "apt-get update -qq",
  ask({ name, recommends }) {
    const [option, choice] = recommends ? ["", ""] : ["--no-install-recommends ", "--no-recommends "];
    return `apt-get install --simulate -qq ${option}${name} && apt-cache depends --recurse ${choice}${NOT_ASKED} ${name}`;
  },
  read(said) {
    const installed = [...said.matchAll(/^Inst (\S+) /gm)].map(([, name]) => name!);
    return { installed: new Set(installed), dependencies: dependenciesIn(said) };
  },
};

/** What the simulation says of each package. */
const SIMULATED = /^(Inst|Conf|Remv) /;

/**
 * `  Depends: libssl3`, below the name of a package. Behind a bar the next line is another choice; in angle brackets stands what no package is
 * called, and below it, further in, who provides it.
 */
const LINE = /^( *)(\|)?(?:(?:Pre)?(Depends|Recommends): )?([^\s<]\S*)?/;

function dependenciesIn(text: string): ReadonlyMap<string, Dependencies> {
  const found = new Map<string, Dependencies>();
  let at: Dependencies = { any: [], sure: [] };
  let isChoice = false;
  let last = "";
  for (const line of text.split("\n")) {
    if (SIMULATED.test(line)) continue;
    const [, indent, bar, relation, name] = LINE.exec(line)!;
    if (name !== undefined && indent === "") {
      at = { any: [], sure: [] };
      found.set(name, at);
    } else if (name !== undefined) {
      at.any.push(name);
      if (relation === "Depends" && !bar && !isChoice) at.sure.push(name);
      // Who provides it may serve as well.
      if (relation !== undefined) last = name;
      else if (at.sure.at(-1) === last) at.sure.pop();
    }
    isChoice = bar !== undefined;
  }
  return found;
}
