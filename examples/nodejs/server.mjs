import { createServer } from "node:http";

const server = createServer((request, response) => {
  response.writeHead(request.url === "/hello" ? 200 : 404).end("hello\n");
});

server.listen(8080, "127.0.0.1", () => console.log("http://127.0.0.1:8080/hello"));

// With a listener of its own the process ends by itself once nothing is left to do, after the last spans were sent.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => server.close());
