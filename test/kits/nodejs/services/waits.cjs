const { trace } = require("@opentelemetry/api");

setInterval(() => {}, 1_000);
for (let i = 0; i < 100; i++) trace.getTracer("waits").startSpan(`work ${i}`).end();
console.log("{}");
