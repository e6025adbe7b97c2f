import { words } from "@dictionary/words";
import ms from "ms";

console.log(words.length, ms("1s"));
