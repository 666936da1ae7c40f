const { createServer } = require("node:http");
const { leaf, listen } = require("./common.cjs");

const server = createServer(async (request, response) => {
  if (request.url.startsWith("/leaf") || request.url === "/healthz") return response.end("ok");
  response.end(await leaf());
});
listen(server);
