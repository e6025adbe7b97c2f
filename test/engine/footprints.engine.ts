/** Claims about package managers, held against the real ones: each runs under a tracer in a build on its own base image. */
import { beforeAll, describe, expect, test } from "vitest";
import { apt } from "./footprints/apt.ts";
import { bundler } from "./footprints/bundler.ts";
import { cargo } from "./footprints/cargo.ts";
import { claimOf, holes } from "./footprints/check.ts";
import { composer } from "./footprints/composer.ts";
import { go } from "./footprints/go.ts";
import { gradle } from "./footprints/gradle.ts";
import { maven } from "./footprints/maven.ts";
import { npm3, npm6, npm9, npm10 } from "./footprints/npm.ts";
import { pip } from "./footprints/pip.ts";
import { pipenv } from "./footprints/pipenv.ts";
import { pnpm9, pnpm10 } from "./footprints/pnpm.ts";
import { poetry } from "./footprints/poetry.ts";
import { HOME, type Traced, traceProjects } from "./footprints/project.ts";
import { berry, yarn } from "./footprints/yarn.ts";
import { sampled } from "./sampled.ts";

describe.each(
  sampled([
    apt,
    npm3,
    npm6,
    npm9,
    npm10,
    yarn,
    berry,
    pnpm9,
    pnpm10,
    pip,
    pipenv,
    poetry,
    go,
    cargo,
    bundler,
    composer,
    maven,
    gradle,
  ]),
)("$name", (tool) => {
  let traced: readonly Traced[];
  beforeAll(() => {
    traced = traceProjects(tool);
  });

  test.each(tool.projects.map((project, index) => ({ project, index, ...project })))(
    "$says: `$command`",
    ({ project, index }) => {
      const found = traced[index]!;
      expect(found.status, found.output).toBe(0);
      const claim = claimOf(tool, project, found.before);
      if (project.blocked) expect("blocked" in claim && claim.blocked).toMatch(project.blocked);
      else expect(claim).toHaveProperty("files");
      const { looked, wrote } = found.touched;
      if (project.reads !== undefined) expect([...looked, ...wrote]).toContain(`${HOME}/${project.reads}`);
      expect(holes(tool, project, found)).toEqual([]);
    },
  );
});
