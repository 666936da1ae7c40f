import { Redis } from "ioredis";
import pg from "pg";
import { createClient } from "redis";
import ask from "./ask-stores.cjs";

await ask({ pg, createClient, Redis });
