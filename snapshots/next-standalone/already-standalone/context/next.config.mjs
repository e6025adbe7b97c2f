export default { output: "standalone", distDir: "build" };
