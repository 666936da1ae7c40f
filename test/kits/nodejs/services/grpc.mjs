import * as grpc from "@grpc/grpc-js";
import ask from "./ask.cjs";

ask(grpc);
