module.exports = { hooks: { readPackage: require('./hooks') } };
