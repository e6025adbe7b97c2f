import ms from "ms";

export const words = [ms(1000)];
