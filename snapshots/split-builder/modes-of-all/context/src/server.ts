import express from "express"; import fs from "fs"; fs.writeFileSync("uploads/x","y"); express().use(express.static("public")).listen(80)
