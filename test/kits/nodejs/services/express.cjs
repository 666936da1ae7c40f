const express = require("express");
const pino = require("pino");
const { leaf, listen } = require("./common.cjs");

const log = pino({ base: null, timestamp: false });
const app = express();
app.use((request, response, next) => next());
app.get("/orders/:id", async (request, response) => {
  log.info("asked for an order");
  response.send(await leaf());
});
for (const path of ["/leaf", "/healthz"]) app.get(path, (request, response) => response.send("ok"));
listen(require("node:http").createServer(app));
