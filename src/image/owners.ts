import { type Digest, digest, type Text } from "./digest.ts";
import type { StageState } from "./stage-state.ts";

/*
 * Owners are `user:group` as the file names them; `=` is the user's own group, as far as nobody named it.
 */

/** Owner and group after `chown owner`. */
export function ownerAfter(owner: Text, before: Text): Text {
  const colon = before.lastIndexOf(":");
  if (owner.startsWith(":")) return before.slice(0, colon) + owner;
  if (owner.endsWith(":")) return `${owner}=`;
  if (owner.includes(":")) return owner;
  const [user, group] = [before.slice(0, colon), before.slice(colon + 1)];
  // The group stays what it was: the one before's own.
  return `${owner}:${group !== "=" || user === owner ? group : user === "root" ? "0" : user}`;
}

/** Whether two owners are one: `node:=` and `node:node` are, since the group that a user gets of its own bears its name. */
export function isSameOwner(one: Text, other: Text): boolean {
  return plain(one) === plain(other);
}

function plain(owner: Text): Text {
  const [user = "", group = ""] = owner.split(":");
  return `${user === "root" ? "0" : user}:${group === "=" || group === user ? "=" : group === "root" ? "0" : group}`.replace(
    /^0:0$/,
    "0:=",
  );
}

/** Owner of what `--chown` copies or WORKDIR makes: `1000` gives 1000:1000, a name its own group; what a colon leaves out is root's. */
export function ownerGiven(text: Text | undefined): Text | undefined {
  if (text === undefined || text === "") return undefined;
  const [user = "", group] = text.split(":");
  if (group !== undefined) return `${user || "0"}:${group || "0"}`;
  return isName(user) ? `${user}:=` : `${user}:${user}`;
}

/** Whether an account must bear the name for it to mean anything. */
export function isName(user: Text): boolean {
  return user !== "root" && !/^\d+$/.test(user);
}

/** For the oracle: whether the image has an account of that name. */
export function accountQuestion(user: Text, { origin }: StageState): Digest {
  return digest("account", user, origin.key);
}
