export const words = (await import("typescript")).version;
