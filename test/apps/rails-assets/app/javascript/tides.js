import { count } from "./count.js";

document.title = `Tides of ${count()} harbours`;
