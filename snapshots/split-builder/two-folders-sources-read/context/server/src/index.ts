import path from "node:path";
import express from "express";
import { readFileSync } from "node:fs";
import { prices } from "./prices";

const app = express();
const client = path.join(__dirname, "../../client/dist");
app.get("/prices", (_, response) => {
  response.json(prices);
});
const title = readFileSync(path.join(__dirname, "../../client/src/title.txt"), "utf8");
app.get("/title", (_, response) => response.send(title));
app.use(express.static(client));
app.get("*", (_, response) => {
  response.sendFile(path.join(client, "index.html"));
});
app.listen(3000);
