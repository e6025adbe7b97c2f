/** Words of Composer's command line, however it is called. */
import { posix } from "node:path";
import { type Arguments, argumentsOf } from "../call.ts";
import type { Call, Surroundings } from "../types.ts";
import type { Run } from "./project.ts";

export const VALUED = [
  ...["-d", "--working-dir", "--prefer-install", "--apcu-autoloader-prefix", "--ignore-platform-req"],
  "--audit-format",
];

/** A call of PHP as the call of Composer that it is: `php -d memory_limit=-1 composer.phar install`. Undefined for other programs. */
export function plain(call: Call): { readonly call: Call; readonly program?: string } | undefined {
  if (!/^php[\d.]*$/.test(call.tool)) return { call };
  let at = 0;
  while (/^-(d.*|n)$/.test(call.args[at] ?? "")) at += call.args[at] === "-d" ? 2 : 1;
  const program = call.args[at];
  if (program === undefined || !/(^|\/)composer(\.phar)?$/.test(program)) return undefined;
  return { call: { ...call, tool: posix.basename(program), args: call.args.slice(at + 1) }, program };
}

export function argumentsOfInstall(call: Call): Arguments {
  const words = call.args.flatMap((word) =>
    /^-[nqoav]{2,}$/.test(word ?? "") && !/^-v+$/.test(word ?? "")
      ? [...(word ?? "").slice(1)].map((letter) => `-${letter}`)
      : [word],
  );
  return argumentsOf(words, VALUED);
}

/** Options by one name each. */
export function runOf({ options }: Arguments, { env }: Surroundings): Run {
  const long: Readonly<Record<string, string>> = { "-o": "--optimize-autoloader", "-a": "--classmap-authoritative" };
  const names = new Set([...options.keys()].map((name) => long[name] ?? name));
  const noDev =
    names.has("--no-dev") || (env.has("COMPOSER_NO_DEV") && !/^(0|false|)$/.test(env.get("COMPOSER_NO_DEV") ?? "1"));
  return { options: names, dev: !noDev };
}
