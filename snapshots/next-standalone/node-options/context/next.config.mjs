/** @type {import("next").NextConfig} */
const nextConfig = {
  // The shop has no trailing slashes.
  trailingSlash: false,
};

export default nextConfig;
