const { execFileSync } = require("node:child_process");
require("node:http").createServer((_, answer) => answer.end(execFileSync("git", ["log"]))).listen(3000);
