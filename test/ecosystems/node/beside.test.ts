import { expect, test } from "vitest";
import { memoryContext } from "../../../src/context/index.ts";
import { runsScripts } from "../../../src/ecosystems/node/beside.ts";

test.each([
  ["main.py", 'subprocess.run(["node", os.path.join(FRONT, "render.js")])'],
  ["main.py", 'import os\nos.system("npm --prefix front run render")'],
  ["app/Page.php", "<?php shell_exec('node ' . base_path('bin/render.js'));"],
  ["app/Page.php", "<?php new Process(['npx', 'mjml', $page]);"],
  ["app/page.rb", 'Open3.capture3("node", "render.js")'],
  ["app/page.rb", "system(*%w[npx mjml])"],
  ["lib/page.ex", 'System.cmd("node", ["render.js"])'],
])("%s calls Node: %s", (path, text) => {
  expect(runsScripts(memoryContext({ [path]: text }))).toBe(true);
});

test.each([
  ["main.py", 'subprocess.run(["git", "pull"])'],
  ["main.py", 'KINDS = ["node", "edge"]'],
  ["app/Page.php", "<?php return ['node' => 1];"],
])("%s does not: %s", (path, text) => {
  expect(runsScripts(memoryContext({ [path]: text }))).toBe(false);
});
