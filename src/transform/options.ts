import type { OptionsSpec } from "./types.ts";
import { UsageError } from "./usage-error.ts";

/** One option of a transform: what it may be, the first being the default, and what it does in one line. */
interface Choice<Value extends string> {
  readonly values: readonly [Value, ...Value[]];
  readonly describe: string;
}

/**
 * Options that are each one word out of a few: `choices({ join: { values: ["same-purpose", "all"], describe: "…" } })`.
 * Unknown names and values are a `UsageError` that lists what is known.
 */
export function choices<const Spec extends Readonly<Record<string, Choice<string>>>>(
  spec: Spec,
): OptionsSpec<{ readonly [Name in keyof Spec]: Spec[Name]["values"][number] }> {
  type Options = { readonly [Name in keyof Spec]: Spec[Name]["values"][number] };
  const map = (pick: (choice: Choice<string>) => string) =>
    Object.fromEntries(Object.entries(spec).map(([name, choice]) => [name, pick(choice)]));
  const defaults = map((choice) => choice.values[0]) as Options;
  return {
    defaults,
    describe: map((choice) => `${choice.describe} (${choice.values.join(", ")})`) as OptionsSpec<Options>["describe"],
    parse(raw) {
      if (typeof raw !== "object" || raw === null || Array.isArray(raw))
        throw new UsageError("options must be an object");
      for (const [name, value] of Object.entries(raw)) {
        const choice = Object.hasOwn(spec, name) ? spec[name] : undefined;
        if (choice === undefined)
          throw new UsageError(`unknown option ${name}, known: ${Object.keys(spec).join(", ")}`);
        if (!choice.values.includes(value)) throw new UsageError(`${name} must be one of ${choice.values.join(", ")}`);
      }
      return { ...defaults, ...raw };
    },
  };
}
