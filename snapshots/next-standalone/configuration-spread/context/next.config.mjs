const shared = { compress: true };

export default { ...shared, trailingSlash: false };
