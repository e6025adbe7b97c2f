import colours from "picocolors";

const side = Math.random() < 0.5 ? "heads" : "tails";
console.log(colours.yellow(side));
