export default {
  reactStrictMode: true,
  // Vercel needs none.
  output: undefined,
};
