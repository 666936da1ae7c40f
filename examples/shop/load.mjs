// Customers of the shop: node load.mjs http://127.0.0.1:8080 [requests a second] [seconds]. One card in fifty is refused.
const [storefront, rate = "5", seconds = "60"] = process.argv.slice(2);
let [sent, failed] = [0, 0];
const every = setInterval(
  async () => {
    const id = sent++ % 50 === 49 ? `refused-${sent}` : `${sent}`;
    const answer = await fetch(`${storefront}/baskets/${id}`).catch(() => undefined);
    if (!answer?.ok) failed++;
  },
  1000 / Number(rate),
);
setTimeout(() => clearInterval(every), 1000 * Number(seconds));
process.on("exit", () => console.log(`${sent} requests, ${failed} failed`));
