import { fastify } from "fastify";
import pino from "pino";
import common from "./common.cjs";

const log = pino({ base: null, timestamp: false });
const app = fastify();
app.get("/orders/:id", async () => {
  log.info("asked for an order");
  return common.leaf();
});
app.get("/leaf", async () => "ok");
app.get("/healthz", async () => "ok");
await app.ready();
common.listen(app.server);
