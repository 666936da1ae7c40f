require("./ask-stores.cjs")({ pg: require("pg"), ...require("redis"), Redis: require("ioredis") });
