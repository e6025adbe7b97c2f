import typescript from "typescript";
