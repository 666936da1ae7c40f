require("./ask.cjs")(require("@grpc/grpc-js"));
