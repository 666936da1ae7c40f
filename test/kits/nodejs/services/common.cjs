let port;

/** Asks this service itself for /leaf, with a value nobody should see. */
exports.leaf = async () => (await fetch(`http://127.0.0.1:${port}/leaf?token=s3cret`)).text();

/** Listens on a free port, and says which. */
exports.listen = (server) =>
  server.listen(0, "127.0.0.1", () => {
    port = server.address().port;
    console.log(JSON.stringify({ port }));
  });
