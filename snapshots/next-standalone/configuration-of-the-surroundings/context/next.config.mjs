export default { basePath: process.env.BASE_PATH };
