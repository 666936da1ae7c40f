const { createServer } = require("node:http");

const server = createServer((request, response) => {
  response.writeHead(request.url === "/hello" ? 200 : 404).end("hello\n");
});

server.listen(8080, "127.0.0.1", () => console.log("http://127.0.0.1:8080/hello"));

// A process that is traced needs listeners of its own to end when it is told to; the last spans are sent before it does.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => server.close());
