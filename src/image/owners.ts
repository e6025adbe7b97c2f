import type { Text } from "./digest.ts";

/*
 * Owners are `user:group` as the file names them; `=` is the user's own group, as far as nobody named it.
 */

/** Owner and group after `chown owner`. */
export function ownerAfter(owner: Text, before: Text): Text {
  const colon = before.lastIndexOf(":");
  if (owner.startsWith(":")) return before.slice(0, colon) + owner;
  if (owner.endsWith(":")) return `${owner}=`;
  return owner.includes(":") ? owner : owner + before.slice(colon);
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
