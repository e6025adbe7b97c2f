import type { OptionsSpec } from "./types.ts";
import { UsageError } from "./usage-error.ts";

/** One option of a transform: what it may be, the first being the default, and what it does in one line. */
interface Choice<Value extends string> {
  readonly values: readonly [Value, ...Value[]];
  readonly describe: string;
}

/** One option of a transform that is a list of words, empty by default. */
interface List {
  /** What each word looks like. */
  readonly each: RegExp;
  /** what the words are, for who wrote something else: `modules`. */
  readonly of: string;
  readonly describe: string;
}

type Option = Choice<string> | List;

type ValueOf<One extends Option> = One extends Choice<string> ? One["values"][number] : readonly string[];

/**
 * Options that are each one word out of a few, `choices({ join: { values: ["same-purpose", "all"], describe: "…" } })`, or a list of words.
 * Unknown names and values are a `UsageError` that lists what is known.
 */
export function choices<const Spec extends Readonly<Record<string, Option>>>(
  spec: Spec,
): OptionsSpec<{ readonly [Name in keyof Spec]: ValueOf<Spec[Name]> }> {
  type Options = { readonly [Name in keyof Spec]: ValueOf<Spec[Name]> };
  const map = (pick: (option: Option) => unknown) =>
    Object.fromEntries(Object.entries(spec).map(([name, option]) => [name, pick(option)]));
  const defaults = map((option) => ("values" in option ? option.values[0] : [])) as Options;
  const kindOf = (option: Option) => ("values" in option ? option.values.join(", ") : `a list of ${option.of}`);
  return {
    defaults,
    describe: map((option) => `${option.describe} (${kindOf(option)})`) as OptionsSpec<Options>["describe"],
    parse(raw) {
      if (typeof raw !== "object" || raw === null || Array.isArray(raw))
        throw new UsageError("options must be an object");
      for (const [name, value] of Object.entries(raw)) {
        const option = Object.hasOwn(spec, name) ? spec[name] : undefined;
        if (option === undefined)
          throw new UsageError(`unknown option ${name}, known: ${Object.keys(spec).join(", ")}`);
        if ("values" in option) {
          if (!option.values.includes(value))
            throw new UsageError(`${name} must be one of ${option.values.join(", ")}`);
        } else if (!Array.isArray(value) || !value.every((word) => typeof word === "string" && option.each.test(word)))
          throw new UsageError(`${name} must be a list of ${option.of}`);
      }
      return { ...defaults, ...raw };
    },
  };
}
