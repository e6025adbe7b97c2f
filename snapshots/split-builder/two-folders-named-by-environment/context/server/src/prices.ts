export const prices = { tea: 4 };
