export const words = ["tea", "tide"];
