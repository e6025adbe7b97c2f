import express, { type Request, type Response } from "express";
import { join } from "node:path";
import { books } from "./books";

const app = express();
app.use("/covers", express.static(join(__dirname, "..", "public")));
app.get("/", (_request: Request, response: Response) => {
  response.json(books);
});

const port = Number(process.env.PORT ?? 3000);
app.listen(port, () => console.log(`books on ${port}`));
