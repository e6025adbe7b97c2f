const ms = require("ms");

process.stdout.write(`${ms("1h")}\n`);
