import { PrismaClient } from "@prisma/client";
import { createServer } from "node:http";

const books = new PrismaClient();
createServer(async (_, response) => response.end(JSON.stringify(await books.book.findMany()))).listen(3000);
