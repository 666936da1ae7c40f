const bytes = {
  requestSerialize: (b) => b,
  requestDeserialize: (b) => b,
  responseSerialize: (b) => b,
  responseDeserialize: (b) => b,
};
const definition = { Ask: { path: "/shop.Orders/Ask", requestStream: false, responseStream: false, ...bytes } };

/** Starts a gRPC server, asks it once, and ends. */
module.exports = (grpc) => {
  const server = new grpc.Server();
  server.addService(definition, { Ask: (call, answer) => answer(null, Buffer.from("ok")) });
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    const client = new (grpc.makeGenericClientConstructor(definition, "Orders"))(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
    );
    client.Ask(Buffer.from("?"), () => {
      client.close();
      server.tryShutdown(() => console.log("{}"));
    });
  });
};
