/** What an editable install of the project leaves in it: nobody lists that, but it is all there. */
import { posix } from "node:path";
import type { BuildContext } from "../../context/index.ts";
import { Decline } from "../decline.ts";
import { readToml, tableAt } from "../toml.ts";

/**
 * Build backends whose editable installs lead Python to the sources and do no more when these are imported (PEP 660): metadata and a `.pth` or a
 * finder among the packages; beside the sources `*.egg-info` and compiled extensions. Those of Meson and scikit-build may build again then.
 */
const BACKENDS =
  /^(setuptools\.build_meta(:__legacy__)?|hatchling\.build|poetry\.core\.masonry\.api|flit_core\.buildapi|pdm\.backend|uv_build)$/;

/** Throws a `Decline` where what is left may need the toolchain, in the `folder` of the project. */
export function checkBackend(project: BuildContext, folder: string): void {
  const text = project.read(posix.join(folder, "pyproject.toml"));
  const table = text === undefined ? {} : readToml(text);
  // Without a word of it, pip takes setuptools (PEP 517).
  const system = table && tableAt(table, "build-system");
  const backend = system && ("build-backend" in system ? system["build-backend"] : "setuptools.build_meta");
  if (typeof backend === "string" && BACKENDS.test(backend) && !("backend-path" in system!)) return;
  const shown = typeof backend === "string" ? backend : "pyproject.toml";
  throw new Decline("outputs-unknown", `refit does not know what ${shown} does for an editable install`);
}
