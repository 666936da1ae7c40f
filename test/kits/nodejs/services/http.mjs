import { createServer } from "node:http";
import common from "./common.cjs";

const server = createServer(async (request, response) => {
  if (request.url.startsWith("/leaf") || request.url === "/healthz") return response.end("ok");
  response.end(await common.leaf());
});
common.listen(server);
