/** Do the user that the container runs as, and the owners of its files, still have their names? */
import { type Image, perImage } from "./image.ts";
import type { Reference } from "./reference.ts";
import { textOf } from "./settings.ts";

interface Database {
  readonly file: "/etc/passwd" | "/etc/group";
  readonly kind: "user" | "group";
}

const USERS: Database = { file: "/etc/passwd", kind: "user" };
const GROUPS: Database = { file: "/etc/group", kind: "group" };

export function* accounts(after: Image): Iterable<Reference> {
  const [user = "", group = ""] = textOf(after.config.User).split(":");
  if (user !== "") yield account(USERS, user, "User", "names");
  if (group !== "") yield account(GROUPS, group, "User", "names");
  const seen = new Set<string>();
  for (const [path, { uid, gid }] of after.entries()) {
    for (const [database, id] of [
      [USERS, uid],
      [GROUPS, gid],
    ] as const) {
      const key = `${database.kind} ${id}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield account(database, String(id), path, "belongs to");
    }
  }
}

/** `who` is a name or a number. */
function account(database: Database, who: string, by: string, verb: string): Reference {
  return {
    name: `the ${database.kind} ${who}`,
    by,
    verb,
    resolve: (image) => (lines(image, database).has(who) ? database.file : undefined),
  };
}

/** Names and numbers in a file of the form of passwd(5) and group(5): both in their first and third field. */
const known = {
  user: perImage((image) => fieldsIn(image.text(USERS.file))),
  group: perImage((image) => fieldsIn(image.text(GROUPS.file))),
};

function lines(image: Image, { kind }: Database): ReadonlySet<string> {
  return known[kind](image);
}

function fieldsIn(text = ""): ReadonlySet<string> {
  const fields = text.split("\n").map((line) => line.split(":"));
  return new Set(fields.flatMap(([name = "", , id]) => (id === undefined ? [] : [name, id])));
}
