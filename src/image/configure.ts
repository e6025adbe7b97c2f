import type { Instruction } from "../dockerfile/index.ts";
import type { Config } from "./config.ts";
import type { Text } from "./digest.ts";
import type { StageState } from "./stage-state.ts";
import type { Tree } from "./tree.ts";

/** A stage while it is built. */
export class StageWork {
  readonly state: StageState;
  readonly tree: Tree;
  readonly config: Config;
  readonly triggers: Instruction[] = [];
  /** A CMD stood in this stage, so ENTRYPOINT leaves it. */
  hasCommand = false;

  constructor(state: StageState, tree: Tree, config: Config) {
    this.state = state;
    this.tree = tree;
    this.config = config;
  }
}

/** Instructions that change config alone; why one fails, or undefined. */
export function configure(instruction: Instruction, work: StageWork): string | undefined {
  const { state, config } = work;
  const { args, json } = instruction;
  const words = () =>
    args.text
      .split(/\s+/)
      .filter((word) => word !== "")
      .map((word) => state.expand(word));
  switch (instruction.keyword) {
    case "ENV":
      for (const [name] of state.pairs(instruction)) config.env.set(name, state.scope.lookup(name) ?? "");
      break;
    case "LABEL":
      for (const [name, value] of state.pairs(instruction)) config.labels.set(name, value);
      break;
    case "CMD":
      work.hasCommand = true;
      config.fields.set("Cmd", commandOf(instruction, state));
      break;
    case "ENTRYPOINT":
      config.fields.set("Entrypoint", commandOf(instruction, state));
      // A CMD that came with the base image is dropped.
      if (!work.hasCommand) config.fields.set("Cmd", "none");
      break;
    case "EXPOSE":
      for (const port of words().flatMap(portsOf)) config.ports.add(port);
      break;
    case "HEALTHCHECK": {
      const flags = instruction.flags.map(({ text }) => text.text).sort();
      config.fields.set("Healthcheck", [...flags, args.text.trim()].join(" "));
      break;
    }
    case "MAINTAINER":
      config.fields.set("Author", args.text);
      break;
    case "SHELL":
      config.fields.set("Shell", JSON.stringify(state.shell.words));
      break;
    case "STOPSIGNAL":
      config.fields.set("StopSignal", state.expand(args.text));
      if (config.fields.get("StopSignal") === "") return "STOPSIGNAL without a signal";
      break;
    case "USER":
      config.fields.set("User", state.user);
      break;
    case "VOLUME":
      for (const path of json?.map(({ value }) => state.expand(value)) ?? words()) {
        if (path === "") return "VOLUME without a path";
        config.volumes.add(path);
      }
  }
  return undefined;
}

/** The ports that a word of EXPOSE names, `8000-8002` among them, each with its protocol. */
function portsOf(word: Text): readonly Text[] {
  const [, from, to, protocol = "/tcp"] = /^(\d{1,5})(?:-(\d{1,5}))?(\/[a-z]+)?$/.exec(word) ?? [];
  if (from === undefined) return [word];
  const [first, last] = [Number(from), Number(to ?? from)];
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => `${first + index}${protocol}`);
}

/** CMD and ENTRYPOINT as the config holds them: their shell form gets SHELL's words of that moment. */
function commandOf({ json, args }: Instruction, state: StageState): Text {
  return JSON.stringify(json ? json.map(({ value }) => value) : [...state.shell.words, args.text.trim()]);
}
