import legacy from "vite-plugin-static-copy";

export default { plugins: [legacy()] };
