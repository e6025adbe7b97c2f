import { fork } from "node:child_process";
import express from "express";
import { prices } from "./prices";

fork("./worker/index.js");
express().get("/", (_, response) => response.json(prices)).listen(3000);
