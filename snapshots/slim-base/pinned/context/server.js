require("node:http").createServer((_, answer) => answer.end("middlemarch")).listen(3000);
