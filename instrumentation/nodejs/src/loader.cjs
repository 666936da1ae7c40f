// Loaded before a service, by NODE_OPTIONS=--require. It must never stop one, so it is written for every Node there is, and
// the kit, which is not, is read only by those that can.
"use strict";

(function () {
  // In a ConfigMap the kit lies packed beside this file.
  function load() {
    var file = require("path").join(__dirname, "kit.cjs");
    var fs = require("fs");
    if (fs.existsSync(file)) return require(file);
    var Module = require("module");
    var kit = new Module(file, module);
    kit.filename = file;
    kit._compile(
      require("zlib")
        .gunzipSync(fs.readFileSync(file + ".gz"))
        .toString(),
      file,
    );
  }

  try {
    var version = process.versions.node.split(".");
    if (Number(version[0]) < 20 || (Number(version[0]) === 20 && Number(version[1]) < 6)) {
      process.stderr.write("sightline: untraced: Node.js " + process.versions.node + " is older than 20.6\n");
      return;
    }
    load();
  } catch (error) {
    process.stderr.write("sightline: untraced: " + (error && error.stack ? error.stack : error) + "\n");
  }
})();
