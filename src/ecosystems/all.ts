/** All that refit knows. A new package manager or toolchain is a file here and a line in this list. */
import { apk } from "./apk.ts";
import { apt } from "./apt.ts";
import { bun } from "./bun.ts";
import { bundler } from "./bundler.ts";
import { cargo } from "./cargo.ts";
import { compilers } from "./compilers.ts";
import { composer } from "./composer.ts";
import { conda } from "./conda.ts";
import { dotnet } from "./dotnet.ts";
import { fetch, git } from "./fetch.ts";
import { files } from "./files.ts";
import { go } from "./go.ts";
import { gradle } from "./gradle.ts";
import { haskell } from "./haskell.ts";
import { java } from "./java.ts";
import { make } from "./make.ts";
import { maven } from "./maven.ts";
import { mix } from "./mix.ts";
import { npm } from "./npm.ts";
import { pacman } from "./pacman.ts";
import { pdm } from "./pdm.ts";
import { phpExtensions } from "./php/extensions.ts";
import { pip } from "./pip.ts";
import { pipenv } from "./pipenv.ts";
import { pnpm } from "./pnpm.ts";
import { poetry } from "./poetry.ts";
import { rpm } from "./rpm.ts";
import { rubygems } from "./rubygems.ts";
import type { Ecosystem } from "./types.ts";
import { uv } from "./uv.ts";
import { yarn } from "./yarn.ts";
import { zypper } from "./zypper.ts";

export const ECOSYSTEMS: readonly Ecosystem[] = [
  ...[apt, apk, rpm, zypper, pacman],
  ...[
    npm,
    yarn,
    pnpm,
    bun,
    pip,
    poetry,
    uv,
    pipenv,
    pdm,
    conda,
    go,
    cargo,
    maven,
    gradle,
    java,
    bundler,
    rubygems,
    composer,
    phpExtensions,
    dotnet,
    haskell,
    mix,
  ],
  ...[make, compilers, fetch, git, files],
];
