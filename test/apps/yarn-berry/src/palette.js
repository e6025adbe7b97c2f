const colours = require("picocolors");

for (const name of ["red", "green", "blue"]) console.log(colours[name](name));
