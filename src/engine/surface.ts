/** What an image looks like from outside. */
import type { ImageInfo, ImageTree, Surface } from "./types.ts";

export function surfaceOf(info: ImageInfo, _tree: ImageTree): Surface {
  return {
    bytes: info.size,
    layers: info.layers,
    packages: {},
    executables: 0,
    setuid: 0,
    compilers: [],
    shells: [],
  };
}
