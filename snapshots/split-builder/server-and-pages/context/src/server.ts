import { join } from "node:path";
import ms from "ms";

export const pages = join(import.meta.dirname, "../pages");
