/** BuildKit's plain progress, read: which steps ran, which came from the cache, what failed. Source: BuildKit, util/progress/progressui. */
import { stepOf } from "../image/index.ts";
import type { BuildStep } from "./types.ts";

/** One vertex of BuildKit's graph: a step of the file, or something that it does by itself (`[internal] load build context`). */
export interface Vertex {
  /** As printed: `[builder 2/5] RUN npm ci`. */
  readonly name: string;
  state: "running" | "done" | "cached" | "failed";
  seconds: number;
  /** What it said last; of one that failed, before the error. */
  lastLine: string;
  error: string;
}

const LINE = /^#(\d+) (.*)$/;
/** A line of a step's own output starts with the seconds since its start. */
const OUTPUT = /^\d+\.\d+ (.*)$/;

/** How npm ends whatever went wrong: a file in a container that is gone. */
const POINTS_TO_LOG = /\bnpm (?:ERR!|error)\s+(?:A complete log of this run|\/.*\/_logs\/|$)/;

/** Reads a build's log line by line. */
export class Progress {
  readonly #vertices = new Map<string, Vertex>();
  readonly #onVertex: (vertex: Vertex) => void;

  /** `onVertex` is told when one begins and when its state changes. */
  constructor(onVertex: (vertex: Vertex) => void = () => {}) {
    this.#onVertex = onVertex;
  }

  get vertices(): readonly Vertex[] {
    return [...this.#vertices.values()];
  }

  read(line: string): void {
    const [, id, said] = LINE.exec(line) ?? [];
    if (id === undefined || said === undefined || id === "0") return;
    const vertex = this.#vertices.get(id);
    if (vertex === undefined) {
      const begun: Vertex = { name: said, state: "running", seconds: 0, lastLine: "", error: "" };
      this.#vertices.set(id, begun);
      this.#onVertex(begun);
    } else if (said !== vertex.name) this.#hear(vertex, said);
  }

  #hear(vertex: Vertex, said: string): void {
    const [, output] = OUTPUT.exec(said) ?? [];
    const [, seconds] = /^DONE (\d+\.\d+)s$/.exec(said) ?? [];
    if (output !== undefined) {
      if (output.trim() !== "" && !POINTS_TO_LOG.test(output)) vertex.lastLine = output.trim();
      return;
    }
    if (said === "CACHED") vertex.state = "cached";
    else if (seconds !== undefined) {
      vertex.state = "done";
      vertex.seconds = Number(seconds);
    } else if (said.startsWith("ERROR: ")) {
      vertex.state = "failed";
      vertex.error = said.slice("ERROR: ".length);
    } else return;
    this.#onVertex(vertex);
  }

  /** Steps of the file in the order in which they started, FROM left out. */
  get steps(): readonly BuildStep[] {
    return this.vertices.flatMap((vertex) => {
      const step = stepOf(vertex.name);
      if (step === undefined) return [];
      return [{ ...step, cached: vertex.state === "cached", seconds: vertex.state === "cached" ? 0 : vertex.seconds }];
    });
  }
}
