import ms from "ms";
import { tides } from "./tides";

setInterval(() => console.log(tides()), ms("6h"));
