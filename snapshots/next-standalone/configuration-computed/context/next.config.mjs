export default (phase) => {
  const isBuild = phase === "phase-production-build";
  return { compress: isBuild };
};
