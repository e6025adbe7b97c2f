#!/usr/bin/env node
if (process.argv.length > 2) require("@yarnpkg/core").run();
const { spawn } = require("child_process");
const { join } = require("path");
const { readFileSync } = require("fs");
const scripts = { "dts-check": "tsc --project tests/types/tsconfig.json" };
const read = (name) => readFileSync(join(process.cwd(), name));
spawn("sh", ["-c", scripts[read("name")]]);
