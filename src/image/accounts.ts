/** Accounts that are surely there, so that a later install of packages leaves them as they are. */
import { baseOf, stepsBefore } from "./lineage.ts";
import type { Facts, Step } from "./types.ts";

/** Debian's base-passwd has them all, and every image that stands on Debian or Ubuntu. */
const DEBIAN = /^(root|daemon|bin|sys|games|man|mail|news|proxy|www-data|backup|list|nobody|nogroup|users|staff)$/;
const ON_DEBIAN =
  /^(docker\.io\/)?(library\/)?(debian|ubuntu|python|node|php|ruby|golang|rust|perl|openjdk|eclipse-temurin|maven|gradle|buildpack-deps|httpd|nginx|tomcat|wordpress|composer)(:|@|$)/;

/** Accounts of official images. */
const OWN: Readonly<Record<string, RegExp>> = {
  node: /^(docker\.io\/)?(library\/)?node(:|@|$)/,
  nginx: /^(docker\.io\/)?(library\/)?nginx(:|@|$)/,
  postgres: /^(docker\.io\/)?(library\/)?postgres(:|@|$)/,
  redis: /^(docker\.io\/)?(library\/)?redis(:|@|$)/,
};

/** Whether there is a user or group called `name` before `step`, by the base image or by a command above. */
export function isNamedAccount(name: string, step: Step, { stages }: Facts): boolean {
  if (name === "root") return true;
  const base = baseOf(step.stage, stages) ?? "";
  if (OWN[name]?.test(base)) return true;
  if (DEBIAN.test(name) && ON_DEBIAN.test(base) && !base.includes("alpine")) return true;
  return isMade(name, stepsBefore(step, stages));
}

function isMade(name: string, before: readonly Step[]): boolean {
  const making = new RegExp(
    `\\b(useradd|adduser|groupadd|addgroup)\\b[^&;|]*[\\s:]${name.replace(/[^\w-]/g, "\\$&")}(?![\\w-])`,
  );
  return before.some(({ script }) => making.test(script?.source.text ?? ""));
}
