import chalk from "chalk";
