const { transpile } = require("typescript");
process.on("message", (text) => process.send(transpile(text)));
