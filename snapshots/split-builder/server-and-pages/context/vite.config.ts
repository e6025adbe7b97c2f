import path from "node:path";
import { defineConfig } from "vite";

const out = "pages";
export default defineConfig({ root: "client", build: { outDir: path.resolve(__dirname, out) } });
