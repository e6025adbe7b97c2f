const pluralize = require("pluralize");

exports.count = (text) => text.split(/\s+/).filter(Boolean).length;
exports.say = (text) => pluralize("word", exports.count(text), true);
