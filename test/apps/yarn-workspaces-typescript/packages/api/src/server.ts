import { WORDS } from "@thesaurus/words";
import express from "express";
import ms from "ms";

const longest = ms("1 hour") / 1000;

express()
  .get("/:word", (request, response) => {
    const found = WORDS[request.params.word];
    response.status(found ? 200 : 404).set("cache-control", `max-age=${longest}`).json(found ?? []);
  })
  .listen(Number(process.env.PORT ?? 3000));
