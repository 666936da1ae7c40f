import { createServer } from "node:http";
import express from "express";
import pino from "pino";
import common from "./common.cjs";

const log = pino({ base: null, timestamp: false });
const app = express();
app.use((request, response, next) => next());
app.get("/orders/:id", async (request, response) => {
  log.info("asked for an order");
  response.send(await common.leaf());
});
for (const path of ["/leaf", "/healthz"]) app.get(path, (request, response) => response.send("ok"));
common.listen(createServer(app));
