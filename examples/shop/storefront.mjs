// The storefront shows a basket, and has what is in it ordered.
import fastify from "fastify";

const app = fastify();
app.get("/healthz", async () => "ok");
app.get("/baskets/:id", async ({ params: { id } }, reply) => {
  const answer = await fetch(`${process.env.ORDERS_URL}/orders/${id}`, { method: "POST" });
  reply.code(answer.status === 200 ? 200 : 502);
  return answer.text();
});
await app.listen({ host: "127.0.0.1", port: Number(process.env.PORT ?? 0) });
console.log(JSON.stringify({ port: app.server.address().port }));
