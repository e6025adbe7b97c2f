const { mask } = require("bufferutil");
const { execFileSync } = require("node:child_process");

const masked = () => String(mask) + execFileSync("python3", ["-c", "print(1)"]);
require("node:http").createServer((_, response) => response.end(masked())).listen(3000);
