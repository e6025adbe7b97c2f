/** Who owns what lies in the project folder, as `COPY --chown` takes it. */
import { Decline, flagNamed, type Step } from "../../src/transform/index.ts";

/** Undefined is root. */
export type Owner = string | undefined;

/** The user that a RUN works as: root, by `stageBase`, where neither the file nor what is known of its base names one. */
export function userOf({ stage, index, before }: Step): Owner {
  const named = stage.steps.slice(0, index).some(({ instruction }) => instruction.keyword === "USER");
  if (before.user === undefined && named)
    throw new Decline("owner-unknown", "the user that the build runs as is computed");
  // The group of a number is the user's own where the image knows the user, else 0; `--chown` would give the number again.
  if (/^\d+$/.test(before.user ?? "") && before.user !== "0")
    throw new Decline("owner-unknown", `the group of \`USER ${before.user}\` depends on the base image`);
  return plain(before.user);
}

/** The owner that a COPY gives. */
export function copyOwner({ instruction }: Step): Owner {
  const flag = flagNamed(instruction, "chown")?.value;
  if (flag?.includes("$")) throw new Decline("owner-unknown", `the owner in \`--chown=${flag}\` is computed`);
  return plain(flag);
}

/** The owner that a recursive `chown` of the project gives to what belonged to root; null for any other step. */
export function newOwner({ script }: Step): Owner | null {
  const chown = script?.commands.find((command) => command.name === "chown");
  if (!chown?.words.some(({ raw }) => /^(-[a-zA-Z]*R[a-zA-Z]*|--recursive)$/.test(raw))) return null;
  const [owner] = chown.words.slice(1).filter(({ raw }) => !raw.startsWith("-"));
  if (owner?.literal === undefined)
    throw new Decline("owner-unknown", `the owner in \`chown ${owner?.raw}\` is computed`);
  return plain(owner.literal.includes(":") ? owner.literal : `${owner.literal}:root`);
}

/** `node:` is `node` with the group of its login, as `--chown=node` gives it. */
function plain(owner: string | undefined): Owner {
  const text = owner?.replace(/:$/, "");
  return text === undefined || text === "" || /^(root|0)(:(root|0))?$/.test(text) ? undefined : text;
}
