module.exports = ["pen", "ink"];
