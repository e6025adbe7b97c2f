const { mask } = require("bufferutil");

require("node:http").createServer((_, response) => response.end(String(mask))).listen(3000);
