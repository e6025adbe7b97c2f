/** A run of refit that is there to be killed: builds, runs and saves over and over. Its argument is a word that marks all it makes. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { closeOnSignal } from "../../src/cli/interrupt.ts";
import { openSession } from "../../src/engine/index.ts";
import { SETTINGS } from "../harness/build-settings.ts";
import { tarOf } from "./home.ts";

const word = process.argv[2]!;
const session = await openSession({ env: process.env });
const signals = closeOnSignal(session);
process.stdout.write("open\n");
const context = join(session.scratch, word);
mkdirSync(context);
writeFileSync(join(context, "note"), word);
for (let round = 0; ; round++) {
  try {
    await work(round);
  } catch (error) {
    await signals.goOn();
    throw error;
  }
}

async function work(round: number): Promise<void> {
  const lines = [
    ...["FROM busybox", `COPY note /${word}/${word}`, `RUN sleep 0.3; : ${word} ${round}`, `VOLUME /${word}`],
    ...[`RUN --mount=type=cache,target=/cache touch /cache/${word}; sleep 0.3; : ${round}`],
  ];
  const built = await session.engine.build({ dockerfile: `${lines.join("\n")}\n`, context, settings: SETTINGS });
  if (!built.ok) throw new Error(built.log);
  const container = await session.engine.create({ image: built.image, network: "none", command: ["sleep", "60"] });
  await session.engine.start(container);
  await session.engine.importTree(Readable.from([tarOf(context, "note")]), { entrypoint: ["/note"] });
  await session.engine.save([built.image], join(session.scratch, "saved.tar"));
}
