import { createServer } from "node:http";
import Koa from "koa";
import Router from "@koa/router";
import pino from "pino";
import common from "./common.cjs";

const log = pino({ base: null, timestamp: false });
const router = new Router();
router.get("/orders/:id", async (ctx) => {
  log.info("asked for an order");
  ctx.body = await common.leaf();
});
router.get("/leaf", (ctx) => void (ctx.body = "ok"));
router.get("/healthz", (ctx) => void (ctx.body = "ok"));
const app = new Koa();
app.use((ctx, next) => next()).use(router.routes());
common.listen(createServer(app.callback()));
