const { createServer } = require("node:http");
const Koa = require("koa");
const Router = require("@koa/router");
const pino = require("pino");
const { leaf, listen } = require("./common.cjs");

const log = pino({ base: null, timestamp: false });
const router = new Router();
router.get("/orders/:id", async (ctx) => {
  log.info("asked for an order");
  ctx.body = await leaf();
});
router.get("/leaf", (ctx) => void (ctx.body = "ok"));
router.get("/healthz", (ctx) => void (ctx.body = "ok"));
const app = new Koa();
app.use((ctx, next) => next()).use(router.routes());
listen(createServer(app.callback()));
