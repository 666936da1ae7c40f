const { trace } = require("@opentelemetry/api");

trace.getTracer("throws").startActiveSpan("doomed", (span) => {
  setTimeout(() => span.end(), 50);
  setTimeout(() => {
    throw new Error("out of stock");
  }, 20);
});
