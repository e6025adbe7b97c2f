import colours from "picocolors";

const title = process.argv.slice(2).join(" ") || "A Tale of Two Cities";
const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
console.log(colours.green(slug));
