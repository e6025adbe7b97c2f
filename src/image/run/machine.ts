import { type Invocation, packagesSeenBy } from "../../ecosystems/index.ts";
import type { Command } from "../../shell/index.ts";
import { type Digest, digest, type Text, unknownText } from "../digest.ts";
import { entryOf } from "../entry.ts";
import type { Oracle } from "../oracle.ts";
import type { RuntimeRules } from "../runtime-rules.ts";
import type { ContextTree } from "../sources.ts";
import type { World } from "../world.ts";
import type { ShellState } from "./state.ts";

export interface MachineInput {
  readonly surroundings: Digest;
  readonly base: string | undefined;
  readonly context: ContextTree | undefined;
  readonly runtime: RuntimeRules | undefined;
}

/** What the shells and commands of one RUN share. */
export class Machine {
  readonly world: World;
  readonly oracle: Oracle;
  /** What the RUN's flags give its commands: network, security, mounts. */
  readonly surroundings: Digest;
  /** The base image's name, for the ecosystems. */
  readonly base: string | undefined;
  /** The build context, where one was given. */
  readonly context: ContextTree | undefined;
  /** What each region of generated files was made from, for the promise about what a container needs. */
  readonly runtime: RuntimeRules | undefined;
  /** Processes in the background; they end with the RUN. */
  live: Digest = 0;

  constructor(world: World, oracle: Oracle, given: MachineInput) {
    this.world = world;
    this.oracle = oracle;
    this.surroundings = given.surroundings;
    this.base = given.base;
    this.context = given.context;
    this.runtime = given.runtime;
  }

  /** Everything outside of the process that a command can see. */
  get visible(): Digest {
    return this.#visibleIn(this.world);
  }

  #visibleIn(world: World): Digest {
    return digest("visible", world.digest, this.live, this.surroundings, this.toolchain());
  }

  /** Of packages that are for builds, those that `invocation` could tell from their absence; all of them without it. */
  toolchain(invocation?: Invocation): Digest {
    const names = this.world.root.toolchain;
    return digest("toolchain", ...(invocation ? packagesSeenBy(invocation, names) : names));
  }

  /** Runs what nothing is known about: it may have read everything but `unseen`, and written everything. Its status is the oracle's. */
  uninterpreted(cause: Digest, state: ShellState, unseen: readonly string[] = []): number {
    const seen = digest("uninterpreted", cause, this.#visibleIn(this.world.blindTo(unseen)));
    this.world.overwrite(seen);
    this.write(state, 1, unknownText("output", seen));
    if (state.fds.get(2)?.kind === "file") this.write(state, 2, unknownText("errors", seen));
    return this.oracle.succeeds(seen) ? 0 : 1;
  }

  /** Something started that goes on behind the shell's back and races with all that follows. */
  background(cause: Digest): void {
    this.live = digest("background", cause, this.visible);
    this.world.overwrite(this.live);
  }

  /** Writes to a descriptor of `state`. */
  write(state: ShellState, fd: number, text: Text): void {
    const sink = state.fds.get(fd);
    if (sink?.kind === "capture") sink.text += text;
    else if (sink?.kind === "file") this.#append(sink.path, text);
    else if (sink?.kind === "unknown") this.world.overwrite(digest("written", sink.what, text, this.world.digest));
  }

  #append(path: string, text: Text): void {
    if (text === "") return;
    const found = this.world.find(path);
    if (found.known && found.entry?.kind === "file") {
      const { mode, owner, content } = found.entry;
      this.world.put(path, entryOf("file", mode, owner, content + text));
    } else if (!found.known) {
      this.world.cover(path, digest("appended", found.key, text));
    }
  }
}

/** The simple commands of a script, by where they begin. */
export type Commands = ReadonlyMap<number, Command>;

/** Which commands of a script an ecosystem knows, by where they begin. */
export type Invocations = ReadonlyMap<number, Invocation>;
