import ms from "ms";
