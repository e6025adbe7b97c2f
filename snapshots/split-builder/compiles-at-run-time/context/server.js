require("@babel/register");
require("./api/main");
