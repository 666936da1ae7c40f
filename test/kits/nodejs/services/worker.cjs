const { trace } = require("@opentelemetry/api");
const { isMainThread, Worker } = require("node:worker_threads");

if (isMainThread) {
  const worker = new Worker(__filename);
  worker.on("message", () => setTimeout(() => void worker.terminate().then(() => console.log("{}")), 1_000));
} else {
  trace.getTracer("worker").startSpan("in a worker").end();
  require("node:worker_threads").parentPort.postMessage("done");
  setInterval(() => {}, 1_000);
}
