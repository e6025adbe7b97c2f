process.stdout.write(`${require("@shop/lib")("2h")}\n`);
