import path from "node:path";
import express from "express";
import { prices } from "./prices";

const app = express();
const client = process.env.PAGES ?? ".";
app.get("/prices", (_, response) => {
  response.json(prices);
});
app.use(express.static(client));
app.get("*", (_, response) => {
  response.sendFile(path.join(client, "dist", "index.html"));
});
app.listen(3000);
