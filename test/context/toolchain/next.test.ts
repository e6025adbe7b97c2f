import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryContext, readNextConfig, standaloneEdit } from "../../../src/context/index.ts";
import { applyEdits } from "../../../src/text/index.ts";

function edited(text: string): string | undefined {
  const edit = standaloneEdit(text);
  return edit && applyEdits(text, [edit]);
}

describe("next.config.* asks for the standalone server", () => {
  test.each([
    ["module.exports = {};\n", 'module.exports = { output: "standalone" };\n'],
    [
      "module.exports = { poweredByHeader: false }",
      'module.exports = { output: "standalone", poweredByHeader: false }',
    ],
    [
      "import type { NextConfig } from 'next';\n\nconst nextConfig: NextConfig = {\n  /* config options here */\n};\n\nexport default nextConfig;\n",
      "import type { NextConfig } from 'next';\n\nconst nextConfig: NextConfig = {\n  output: 'standalone',\n  /* config options here */\n};\n\nexport default nextConfig;\n",
    ],
    [
      "/** @type {import('next').NextConfig} */\r\nconst config = { // of the shop\r\n\t// finds bugs\r\n\treactStrictMode: true\r\n}\r\nmodule.exports = config\r\n",
      "/** @type {import('next').NextConfig} */\r\nconst config = { // of the shop\r\n\toutput: 'standalone',\r\n\t// finds bugs\r\n\treactStrictMode: true\r\n}\r\nmodule.exports = config\r\n",
    ],
    ["export default {\n}\n", 'export default {\n  output: "standalone",\n}\n'],
    [
      "module.exports = () => ({\n    trailingSlash: true,\n});\n",
      'module.exports = () => ({\n    output: "standalone",\n    trailingSlash: true,\n});\n',
    ],
    ["\uFEFFexport default {\n};\n", '\uFEFFexport default {\n  output: "standalone",\n};\n'],
    [
      "'use strict'\nmodule.exports = {\n\n  images: { unoptimized: true },\n}\n",
      "'use strict'\nmodule.exports = {\n  output: 'standalone',\n\n  images: { unoptimized: true },\n}\n",
    ],
    [
      "export default <NextConfig>{ compress: false };\n",
      'export default <NextConfig>{ output: "standalone", compress: false };\n',
    ],
    ["export default { /* none yet */ };", 'export default { output: "standalone", /* none yet */ };'],
  ])("%j", (text, expected) => expect(edited(text)).toBe(expected));

  test.each([
    ["a spread", "module.exports = { ...shared };"],
    ["a plugin around it", "module.exports = withAnalyzer({ trailingSlash: true });"],
    ["a function that looks at the phase", "module.exports = (phase) => { if (phase) return {}; return {}; };"],
    ["a change behind it", "const config = {};\nconfig.output = undefined;\nmodule.exports = config;"],
    ["a syntax error", "module.exports = {"],
  ])("but not with %s", (_, text) => expect(edited(text)).toBeUndefined());

  test("all other bytes stay, and the file then says so", () => {
    const blank = fc.constantFrom("", " ", "\n", "\r\n", "\n\t", "\r\n    ", "// why\n", "/* why */", "\n\n");
    const property = fc.constantFrom("trailingSlash: true", "'basePath': '/shop'", "headers: async () => []");
    const head = fc.constantFrom("module.exports =", "export default", "const config =");
    fc.assert(
      fc.property(head, fc.array(fc.tuple(blank, property, blank)), blank, (begin, parts, last) => {
        const body = parts.map(([before, text, after]) => `${before}${text},${after}`).join("");
        const end = begin.startsWith("const") ? ";\nexport default config;\n" : ";\n";
        const text = `${begin} {${body}${last}}${end}`;
        const edit = standaloneEdit(text);
        const result = edit && applyEdits(text, [edit]);
        expect(result?.replace(edit?.text ?? "", "").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
        const config = readNextConfig(memoryContext({ "next.config.mjs": result ?? "" }));
        expect(config).toMatchObject({ output: "standalone", distDir: ".next" });
      }),
    );
  });
});
