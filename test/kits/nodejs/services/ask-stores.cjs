const { createServer } = require("node:http");
const { listen } = require("./common.cjs");

/** Asks a PostgreSQL and a Redis, by two clients, within each request and once before the first. */
module.exports = async ({ pg, createClient, Redis }) => {
  const pool = new pg.Pool({ connectionString: process.env.POSTGRES });
  const redis = createClient({ url: process.env.REDIS });
  await redis.connect();
  const ioredis = new Redis(process.env.REDIS);
  await Promise.all([pool.query("SELECT 1"), redis.ping(), ioredis.ping()]);

  const asks = {
    "/pg": async () => {
      await pool.query("CREATE TABLE IF NOT EXISTS orders (id int, card text)");
      await pool.query("INSERT INTO orders VALUES ($1, $2)", [17, "4111"]);
      const { rows } = await pool.query("SELECT id FROM orders WHERE card = '4111' LIMIT 1");
      return String(rows[0].id);
    },
    "/pg-error": () => pool.query("SELECT nothing FROM nowhere").catch(({ code }) => code),
    "/redis": async () => {
      await redis.set("card", "4111");
      return redis.get("card");
    },
    "/ioredis": async () => {
      await ioredis.set("card", "4111");
      return ioredis.get("card");
    },
  };
  listen(createServer(async (request, response) => response.end(await asks[request.url]())));
};
