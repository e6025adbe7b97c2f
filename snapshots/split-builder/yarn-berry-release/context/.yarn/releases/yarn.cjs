#!/usr/bin/env node
if (process.argv.length > 2) require("@yarnpkg/core").run();
