module.exports = require("./tools/hooks.cjs");
