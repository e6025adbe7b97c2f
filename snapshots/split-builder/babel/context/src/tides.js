export const tides = () => ["high", "low"];
