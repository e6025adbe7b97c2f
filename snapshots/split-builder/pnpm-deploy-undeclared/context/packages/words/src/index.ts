export const words = ["tea"];
export const ask = () => import("@dictionary/api");
