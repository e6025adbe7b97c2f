/** Who owns what lies in the project folder, as `COPY --chown` takes it. */
import { posix } from "node:path";
import { type Command, Decline, flagNamed, isUnder, type Step } from "../../src/transform/index.ts";
import { folderAt } from "./commands.ts";
import { USUAL_MODE } from "./file-effects.ts";

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
export function newOwner(step: Step, project: string): Owner | null {
  const chowns = step.script?.commands.filter((each) => each.name === "chown" && givesAll(each, step, project)) ?? [];
  const [chown, ...more] = chowns;
  if (!chown) return null;
  const [owner] = operandsOf(chown);
  if (owner?.literal === undefined)
    throw new Decline("owner-unknown", `the owner in \`chown ${owner?.raw}\` is computed`);
  if (owner.literal.startsWith(":") || more.length > 0)
    throw new Decline(
      "owner-unknown",
      `\`chown ${owner.raw}\` does not tell the user and the group of the project alone`,
    );
  return plain(owner.literal.includes(":") ? owner.literal : `${owner.literal}:root`);
}

/** Whether a step gives modes or a group to all of the project, which COPYs of its parts would not take along. */
export function givesModes(step: Step, project: string): boolean {
  const isGiving = (command: Command) => {
    const [first] = operandsOf(command);
    if (command.name === "chmod") return !first || !USUAL_MODE.test(first.raw);
    return command.name === "chgrp" && !/^(root|0)$/.test(first?.raw ?? "");
  };
  return step.script?.commands.some((command) => isGiving(command) && givesAll(command, step, project)) ?? false;
}

function givesAll(command: Command, step: Step, project: string): boolean {
  const cwd = folderAt(step, command, project) ?? "/";
  const isOfProject = ({ literal }: Command["words"][number]) =>
    literal !== undefined && isUnder(project, posix.resolve(cwd, literal));
  return (
    command.words.some(({ raw }) => /^(-[a-zA-Z]*R[a-zA-Z]*|--recursive)$/.test(raw)) &&
    operandsOf(command).some(isOfProject)
  );
}

function operandsOf({ words }: Command): Command["words"] {
  return words.slice(1).filter(({ raw }) => !raw.startsWith("-"));
}

/** `node:` is `node` with the group of its login, as `--chown=node` gives it. */
function plain(owner: string | undefined): Owner {
  const text = owner?.replace(/:$/, "");
  return text === undefined || text === "" || /^(root|0)(:(root|0))?$/.test(text) ? undefined : text;
}
