const fastify = require("fastify");
const pino = require("pino");
const { leaf, listen } = require("./common.cjs");

const log = pino({ base: null, timestamp: false });
const app = fastify();
app.get("/orders/:id", async () => {
  log.info("asked for an order");
  return leaf();
});
app.get("/leaf", async () => "ok");
app.get("/healthz", async () => "ok");
app.ready().then(() => listen(app.server));
