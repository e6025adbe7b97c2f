/** Asks the servers of a container from within its network, which nothing else reaches. */
import { Readable } from "node:stream";
import { EngineError } from "../error.ts";
import type { Session } from "../types.ts";
import { withContainer } from "./container.ts";
import { portable } from "./portable.ts";
import { type Answer, type Answers, type Errand, PROBER_PROGRAM } from "./prober-program.ts";
import { tarOf } from "./tar-writer.ts";

export interface Prober {
  readonly session: Session;
  readonly image: string;
  readonly command: readonly string[];
}

const probers = new WeakMap<Session, Promise<Prober | undefined>>();

/** An image with nothing but this machine's Node, made once a session; undefined where this Node can't be carried elsewhere. */
export function proberOf(session: Session): Promise<Prober | undefined> {
  const known = probers.get(session) ?? makeProber(session);
  probers.set(session, known);
  return known;
}

async function makeProber(session: Session): Promise<Prober | undefined> {
  const node = await portable(process.execPath, "node");
  if (node === undefined) return undefined;
  const tar = Readable.from(tarOf(node.files), { objectMode: false });
  const image = await session.engine.importTree(tar, { entrypoint: node.command });
  return { session, image, command: node.command };
}

/** Seconds between looks at whether the container has ended. */
const LOOK = 0.5;
/** Seconds that asking may take, however many ports and paths there are. */
const LONGEST = 180;

/** What a running container answers. No ports where nothing listened in time, or the container ended before it did. */
export async function ask({ session, image, command }: Prober, container: string, errand: Errand): Promise<Answers> {
  const { engine } = session;
  const words = [...command, "-e", PROBER_PROGRAM, JSON.stringify(errand)];
  const ended = async () => !(await engine.state(container)).running;
  return withContainer(session, { image, command: words, network: `container:${container}` }, async (prober) => {
    try {
      await engine.start(prober);
    } catch (error) {
      // Nothing starts in the network of a container that has ended meanwhile.
      if (error instanceof EngineError && (await ended())) return { ports: [], answers: [] };
      throw error;
    }
    const said = async () => answersIn((await engine.output(prober)).stdout);
    for (let left = errand.seconds + LONGEST; left > 0; left -= LOOK) {
      if ((await engine.wait(prober, LOOK)) !== undefined) break;
      // Where a port was found, the prober comes to its end by itself.
      if ((await ended()) && (await said()).ports.length === 0) break;
    }
    return said();
  });
}

/** The ports in one line, then a line for each answer. */
function answersIn(output: string): Answers {
  const [ports, ...answers] = output
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  return { ports: (ports as number[] | undefined) ?? [], answers: answers as Answer[] };
}
