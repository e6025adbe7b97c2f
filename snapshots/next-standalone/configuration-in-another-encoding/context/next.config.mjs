// caf�
export default { reactStrictMode: true };
