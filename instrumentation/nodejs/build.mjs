// Makes dist/kit.cjs, the whole kit in one file, dist/kit.cjs.gz, which is the same for ConfigMaps, and dist/loader.cjs,
// which is what a service is started with and reads whichever of them lies beside it.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const dist = process.argv[2] ?? join(here, "dist");
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await build({
  entryPoints: [join(here, "src", "main.ts")],
  outfile: join(dist, "kit.cjs"),
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20.6",
  minify: true,
  legalComments: "linked",
  // What was an ES module asks for its own address.
  define: { "import.meta.url": "kitUrl" },
  banner: { js: 'const kitUrl = require("node:url").pathToFileURL(__filename).href;' },
  logLevel: "warning",
});
copyFileSync(join(here, "src", "loader.cjs"), join(dist, "loader.cjs"));
const kib = (bytes) => `${Math.round(bytes / 1024)} KiB`;
const kit = join(dist, "kit.cjs");
const packed = gzipSync(readFileSync(kit), { level: 9 });
writeFileSync(`${kit}.gz`, packed);
console.log(`kit.cjs: ${kib(statSync(kit).size)}, ${kib(packed.length)} as gzip`);
