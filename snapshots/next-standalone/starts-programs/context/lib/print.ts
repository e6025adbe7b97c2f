import { execFile } from "node:child_process";

export const print = () => execFile("lp", []);
