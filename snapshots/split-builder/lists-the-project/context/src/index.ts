import { readdirSync } from "node:fs";

for (const name of readdirSync(".")) console.log(name);
