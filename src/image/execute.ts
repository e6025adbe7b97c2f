import { flagNamed, fromView, type Instruction } from "../dockerfile/index.ts";
import { recognise } from "../ecosystems/index.ts";
import { baseConfigIn } from "./base-config.ts";
import { Config } from "./config.ts";
import { configure, StageWork } from "./configure.ts";
import { copy } from "./copy.ts";
import { type Digest, digest, isKnown, type Text } from "./digest.ts";
import { scriptOf } from "./facts.ts";
import { lineageOf } from "./lineage.ts";
import { EMPTY } from "./node.ts";
import { Oracle } from "./oracle.ts";
import { accountQuestion, isName, ownerGiven } from "./owners.ts";
import { absolute } from "./paths.ts";
import { imageKey } from "./reference.ts";
import { run } from "./run/index.ts";
import { type RuntimeRules, runtimeRules } from "./runtime-rules.ts";
import { type ContextTree, contextTree, unknownContextTree } from "./sources.ts";
import { Globals, StageState } from "./stage-state.ts";
import { Tree } from "./tree.ts";
import type { Facts, Stage, Step } from "./types.ts";
import { officialWorkdir, userOf, workdirOf } from "./workdir.ts";
import { World } from "./world.ts";

export interface ExecutionOptions {
  /** Decides which unknown commands fail; 0: none. */
  readonly seed: number;
  /** Questions to the oracle that are answered with a failure whatever the seed. */
  readonly failing?: readonly Digest[];
  /** Values of `--build-arg`, by name. */
  readonly arguments?: ReadonlyMap<string, string>;
  /**
   * Looks at images as the promise `same-runtime` does: a folder that WORKDIR names is empty in the base image, and what a container
   * doesn't need is told apart from what it does, by what one of this file runs.
   */
  readonly runtime?: Facts;
  /** Images that the last stage stands on and that are taken for another one: a smaller variant for the image that it is a variant of. */
  readonly takenFor?: ReadonlyMap<string, string> | undefined;
}

/** What building one stage yields. */
export interface StageImage {
  readonly index: number;
  readonly name: string | undefined;
  /** Why its build fails. */
  readonly failure: string | undefined;
  readonly tree: Tree;
  readonly config: Config;
}

export interface Execution {
  /** One for each stage. */
  readonly images: readonly StageImage[];
  /** What the oracle was asked, and for which instruction first: which of the unknown commands could have failed. */
  readonly questions: ReadonlyMap<Digest, Instruction>;
  /** Only where they were asked for. */
  readonly runtime: RuntimeRules | undefined;
}

/**
 * Builds every stage on abstract state, without an engine. What the model doesn't know is symbolic: it is equal in two executions
 * exactly as far as everything that could decide it is. Throws `Undecided` for what takes too much work.
 */
export function execute(facts: Facts, options: ExecutionOptions): Execution {
  const build = new Build(facts, options);
  return { images: build.stages(), questions: build.questions, runtime: build.runtime };
}

interface Built extends StageImage {
  readonly state: StageState;
  readonly triggers: readonly Instruction[];
}

/** Thrown where a build stops. */
class BuildFailure {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

class Build {
  readonly #facts: Facts;
  readonly oracle: Oracle;
  readonly #globals: Globals;
  readonly #caches = new Map<Text, Tree>();
  readonly #built: Built[] = [];
  readonly questions = new Map<Digest, Instruction>();
  readonly #context: ContextTree | undefined;
  readonly #unknownContext = unknownContextTree();
  readonly runtime: RuntimeRules | undefined;
  readonly #takenFor: ReadonlyMap<string, string>;
  /** The last stage and those that it stands on. */
  readonly #running: ReadonlySet<Stage>;

  constructor(facts: Facts, options: ExecutionOptions) {
    this.#facts = facts;
    this.#context = facts.context && contextTree(facts.context);
    this.runtime = options.runtime && runtimeRules(options.runtime);
    this.#takenFor = options.takenFor ?? new Map();
    this.#running = new Set(facts.stages.slice(-1).flatMap((stage) => lineageOf(stage, facts.stages)));
    this.oracle = new Oracle(options.seed, options.failing);
    this.#globals = new Globals(facts.dockerfile.escape, (name, fallback) => options.arguments?.get(name) ?? fallback);
    for (const instruction of facts.dockerfile.instructions) {
      if (instruction.keyword === "FROM") break;
      this.#globals.declare(instruction);
    }
  }

  stages(): readonly StageImage[] {
    for (const stage of this.#facts.stages) this.#built.push(this.#stage(stage));
    return this.#built;
  }

  #stage(stage: Stage): Built {
    const view = fromView(stage.from);
    const named = this.#globals.expand(view?.image.text ?? "");
    const image = (this.#running.has(stage) ? this.#takenFor.get(named) : undefined) ?? named;
    const parent = this.#stageNamed(image);
    const isScratch = !parent && image === "scratch";
    const platform = view?.platform === undefined ? undefined : this.#globals.expand(view.platform);
    const key = isScratch ? 0 : imageKey(image, this.#facts.digests, platform);
    const { escape: escapeCharacter } = this.#facts.dockerfile;
    const state =
      parent?.state.child() ??
      new StageState(
        {
          image: isScratch ? undefined : image,
          key,
          workdir: workdirOf(image, this.#facts.workdir),
          user: userOf(image, this.#facts.workdir),
          config: baseConfigIn(this.#facts.images, image),
        },
        this.#globals,
        escapeCharacter,
      );
    const tree = parent?.tree.fork() ?? new Tree(isScratch ? EMPTY : digest("tree of", key));
    const config = new Config(parent?.config.base ?? key, parent?.config);
    const work = new StageWork(state, tree, config);
    const isInOwnFolder = !parent && this.#facts.workdir !== undefined && officialWorkdir(image) !== undefined;
    if (isInOwnFolder && this.runtime) this.#makeWorkdir(work);
    let failure = parent?.failure;
    try {
      if (failure === undefined) {
        for (const trigger of parent?.triggers ?? []) this.#instruction(trigger, work);
        for (const step of stage.steps) this.#instruction(step.instruction, work, step);
      }
    } catch (signal) {
      if (!(signal instanceof BuildFailure)) throw signal;
      failure = signal.reason;
    }
    return { index: stage.index, name: stage.name, failure, tree, config, state, triggers: work.triggers };
  }

  #stageNamed(name: Text): Built | undefined {
    return this.#built.findLast((built) => built.name === name.toLowerCase());
  }

  #instruction(instruction: Instruction, work: StageWork, step?: Step): void {
    this.oracle.step();
    const asked = new Set<Digest>();
    try {
      this.oracle.during(asked, () => this.#effect(instruction, work, step));
    } finally {
      for (const question of asked) if (!this.questions.has(question)) this.questions.set(question, instruction);
    }
  }

  #effect(instruction: Instruction, work: StageWork, step?: Step): void {
    const { state, tree, config } = work;
    state.apply(instruction);
    switch (instruction.keyword) {
      case "RUN":
        this.#run(instruction, work, step);
        break;
      case "COPY":
      case "ADD": {
        const from = flagNamed(instruction, "from")?.value;
        const surroundings = { oracle: this.oracle, context: this.#context, runtime: this.runtime };
        const failure = copy(instruction, state, new World(tree), this.#source(from), surroundings);
        if (failure !== undefined) throw new BuildFailure(failure);
        break;
      }
      case "WORKDIR":
        config.fields.set("WorkingDir", workingDirOf(state.expand(instruction.args.text), state.cwd));
        this.#makeWorkdir(work);
        break;
      case "ONBUILD":
        config.triggers.push(instruction.args.text);
        if (instruction.trigger) work.triggers.push(instruction.trigger);
        break;
      default: {
        const failure = configure(instruction, work);
        if (failure !== undefined) throw new BuildFailure(failure);
      }
    }
  }

  #run(instruction: Instruction, { state, tree }: StageWork, step: Step | undefined): void {
    const [user = ""] = state.user.split(":");
    if (user !== "" && isKnown(user) && isName(user) && !this.oracle.succeeds(accountQuestion(user, state))) {
      throw new BuildFailure(`there is no user ${user}`);
    }
    const sameShell =
      step && step.before.shell.dialect === state.shell.dialect && step.before.shell.words === state.shell.words;
    const script = sameShell ? step.script : scriptOf(this.#facts.dockerfile.source, instruction, state.shell);
    const invocations = sameShell
      ? step.invocations
      : (script?.commands.flatMap((command) => recognise(command) ?? []) ?? []);
    const { image } = state.origin;
    const base = image !== undefined && isKnown(image) ? image.replace(/@.*/, "") : undefined;
    const status = run({
      instruction,
      script,
      invocations,
      state,
      tree,
      oracle: this.oracle,
      base,
      context: this.#context,
      runtime: this.runtime,
      sourceOf: (from) => this.#source(from),
      caches: this.#caches,
    });
    if (status !== 0) throw new BuildFailure(`a RUN ends with status ${status}`);
  }

  /** What `--from` names: a stage by name or number, an image, or the build context. */
  #source(from: Text | undefined): Tree {
    if (from === undefined) return this.#context?.tree ?? this.#unknownContext;
    const stage = this.#stageNamed(from) ?? (/^\d+$/.test(from) ? this.#built[Number(from)] : undefined);
    if (!stage) return new Tree(from === "scratch" ? EMPTY : digest("tree of", imageKey(from, this.#facts.digests)));
    if (stage.failure !== undefined) throw new BuildFailure(stage.failure);
    return stage.tree;
  }

  #makeWorkdir({ state, tree }: StageWork): void {
    const { cwd, user } = state;
    const world = new World(tree);
    const path = isKnown(cwd) ? world.resolve(absolute("/", cwd)!) : undefined;
    if (path === undefined) {
      world.overwrite(digest("workdir", cwd, user, world.digest));
      return;
    }
    if (path === "/") return;
    const found = world.find(path);
    const isFresh = !found.known || found.entry?.kind === "ensured";
    if (!world.ensureFolder(path, "755", ownerGiven(user) ?? "0:0")) {
      throw new BuildFailure(`WORKDIR ${path} is a file`);
    }
    if (isFresh && this.runtime) world.close(path);
  }
}

/** An absolute path stays as it is written: BuildKit, util/system/path.go, NormalizeWorkdir. */
function workingDirOf(written: Text, cwd: Text): Text {
  return written.startsWith("/") ? written : cwd;
}
