import { readFile } from "node:fs/promises";

export default async function Page() {
  return <pre>{await readFile("/app/data/prices.txt", "utf8")}</pre>;
}
