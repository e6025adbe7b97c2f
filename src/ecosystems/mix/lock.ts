/** `mix.lock`, as Hex writes it (Hex.Mix in Hex's sources). */

/** Why `mix deps.get` would write the lock anew, or undefined where it finds all that it looks for. */
export function outdated(
  lock: string,
  dependencies: readonly { readonly name: string; readonly requirement: string | undefined }[],
): string | undefined {
  const entries = new Map(
    [...lock.matchAll(/^\s*"?:?(\w+)"?\s*(?::|=>)\s*(\{.*\}),?\s*$/gm)].map(([, name = "", entry = ""]) => [
      name,
      entry,
    ]),
  );
  for (const { name, requirement } of dependencies) {
    const entry = entries.get(name);
    if (entry === undefined) return `mix.lock has no ${name}`;
    const version = /^\{:hex,\s*:\w+,\s*"([^"]+)"/.exec(entry)?.[1];
    if (version !== undefined && requirement !== undefined && meets(version, requirement) !== true)
      return `mix.lock has ${name} ${version}, and mix.exs asks for ${requirement}`;
  }
  // Since Hex 0.20 an entry ends in the name of the repository and a second checksum.
  const old = [...entries].find(
    ([, entry]) => entry.startsWith("{:hex") && !/\],\s*"[\w:]+",\s*"[0-9a-f]{64}"\}$/.test(entry),
  );
  return old && `an older Hex wrote ${old[0]} into mix.lock`;
}

/** By the rules of `Version.match?/2`; undefined for what is no plain requirement. */
function meets(version: string, requirement: string): boolean | undefined {
  const answers = requirement
    .split(/\s+or\s+/)
    .map((part) => part.split(/\s+and\s+/).map((one) => meetsOne(version, one.trim())));
  return answers.flat().includes(undefined) ? undefined : answers.some((all) => all.every(Boolean));
}

function meetsOne(version: string, requirement: string): boolean | undefined {
  const [, operator = "==", wanted = ""] = /^(~>|>=|<=|==|>|<|!=)?\s*(\d+(?:\.\d+){0,2})$/.exec(requirement) ?? [];
  const own = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)?.slice(1).map(Number);
  if (!own || wanted === "") return undefined;
  const parts = wanted.split(".").map(Number);
  const order = [0, 1, 2].map((at) => (own[at] ?? 0) - (parts[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
  switch (operator) {
    case "~>":
      return order >= 0 && parts.slice(0, -1).every((part, at) => own[at] === part);
    case ">=":
      return order >= 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case "<":
      return order < 0;
    case "!=":
      return order !== 0;
    default:
      return order === 0;
  }
}
