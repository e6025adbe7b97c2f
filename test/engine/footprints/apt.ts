import type { Project, Tool } from "./project.ts";

const files = { "apt.conf": "", "sources.list": "", "debian/control": "" };

const projects: readonly Project[] = [
  { says: "refreshes its lists", files, command: "apt-get update" },
  {
    says: "installs by name",
    files,
    prepare: "apt-get update",
    command: "apt-get install -y --no-install-recommends hello",
  },
  { says: "cleans up", files, command: "apt-get clean" },
  { says: "takes out what nobody needs", files, command: "apt-get autoremove -y" },
];

export const apt: Tool = { name: "apt", base: "debian:trixie", projects, idle: [] };
