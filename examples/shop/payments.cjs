// Payments says over HTTP what a customer may spend, and takes the money over gRPC.
const express = require("express");
const grpc = require("@grpc/grpc-js");

const app = express();
app.get("/healthz", (_, response) => response.send("ok"));
app.get("/limits/:customer", (_, response) => response.json(100));

// google.protobuf.StringValue and BoolValue, which need no generated code: one field each.
const text = {
  to: (value) => Buffer.concat([Buffer.from([10, Buffer.byteLength(value)]), Buffer.from(value)]),
  from: (bytes) => bytes.subarray(2).toString(),
};
const flag = { to: (value) => Buffer.from(value ? [8, 1] : []), from: (bytes) => bytes[1] === 1 };
const definition = {
  Charge: {
    path: "/shop.Payments/Charge",
    requestStream: false,
    responseStream: false,
    requestSerialize: text.to,
    requestDeserialize: text.from,
    responseSerialize: flag.to,
    responseDeserialize: flag.from,
  },
};
const server = new grpc.Server();
server.addService(definition, {
  // A card that is refused is an error that everybody sees in the trace.
  Charge: ({ request: order }, answer) =>
    order.startsWith("refused") ? answer({ code: grpc.status.FAILED_PRECONDITION }) : answer(null, true),
});
server.bindAsync(
  `127.0.0.1:${process.env.GRPC_PORT ?? 0}`,
  grpc.ServerCredentials.createInsecure(),
  (error, grpcPort) => {
    if (error) throw error;
    const http = app.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () =>
      console.log(JSON.stringify({ port: http.address().port, grpcPort })),
    );
  },
);
