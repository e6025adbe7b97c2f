#!/usr/bin/env node
const { say } = require("../src/index.js");

console.log(say(process.argv.slice(2).join(" ")));
