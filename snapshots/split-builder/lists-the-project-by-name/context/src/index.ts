import express from "express";
import path from "node:path";

const root = path.resolve(__dirname, "..");
express().use(express.static(root)).listen(3000);
