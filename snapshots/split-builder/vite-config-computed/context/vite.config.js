export default makeConfig();
