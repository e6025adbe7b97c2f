/** The common shape: a program whose first plain words say what it does. */
import { actionOf, argumentsOf } from "./call.ts";
import type { Call, Declaration, Ecosystem, Purpose, Recognised } from "./types.ts";

interface Subcommands {
  readonly name: string;
  /** Programs; the ecosystem's name where left out. */
  readonly commands?: readonly string[];
  readonly purposes: Readonly<Partial<Record<Purpose, readonly string[]>>>;
  /** Options that take the next word as their value. */
  readonly valued?: readonly string[];
  /** What a call is that names none of the subcommands. */
  readonly otherwise?: Purpose;
  readonly declares?: Declaration;
}

/** An ecosystem that is told by its subcommands: `{ name: "apk", purposes: { system: ["add"], index: ["update"] } }`. */
export function subcommands({
  name,
  commands = [name],
  purposes,
  valued,
  otherwise,
  declares,
}: Subcommands): Ecosystem {
  const byAction = new Map(
    Object.entries(purposes).flatMap(([purpose, actions]) => actions.map((action) => [action, purpose as Purpose])),
  );
  return {
    name,
    commands,
    actions: purposes,
    recognise: (call) => recogniseBy(call, byAction, valued, otherwise),
    ...(declares ? { declares } : {}),
  };
}

function recogniseBy(
  call: Call,
  purposes: ReadonlyMap<string, Purpose>,
  valued: readonly string[] | undefined,
  otherwise: Purpose | undefined,
): Recognised | undefined {
  const { positional } = argumentsOf(call.args, valued);
  const action = actionOf(positional, [...purposes.keys()]) ?? "";
  const purpose = purposes.get(action) ?? otherwise;
  return purpose && { purpose, action };
}
