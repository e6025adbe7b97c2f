export default { distDir: "." };
