export const places = ["Lisbon", "Trieste", "Valparaíso"];
