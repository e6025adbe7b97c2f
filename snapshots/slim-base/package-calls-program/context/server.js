require("gm")("page.png").resize(20);
