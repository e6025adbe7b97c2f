import { readFileSync } from "node:fs";

export const prices = JSON.parse(readFileSync("prices.json", "utf8"));
