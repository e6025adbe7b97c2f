export const KEY = Buffer.from("0f0e0d0c", "hex");
