import assert from "node:assert/strict";
import { thirdParties } from "../../../toolchain/licences/maven";

describe("licences of jars", () => {
  it("are read from what Maven lists: one may choose of several, and unknown names stay as they are", () => {
    const listed = [
      "",
      "Lists of 4 third-party dependencies.",
      "     (Apache 2) Apache Lucene (module: core) (org.apache.lucene:lucene-core:10.5.0 - https://lucene.apache.org/)",
      "     (The MIT License (MIT)) psjava (org.psjava:psjava:0.1.19 - http://psjava.org)",
      "     (EPL 2.0) (GPL2 w/ CPE) Jakarta Annotations API (jakarta.annotation:jakarta.annotation-api:1.3.5 - https://e.org/ca)",
      "     (BSD) JZlib (com.jcraft:jzlib:1.1.3 - http://www.jcraft.com/jzlib/)",
      "",
    ].join("\n");
    assert.deepEqual(
      thirdParties(listed, "pom.xml").map(({ name, version, licence }) => [name, version, licence]),
      [
        ["org.apache.lucene:lucene-core", "10.5.0", "Apache-2.0"],
        ["org.psjava:psjava", "0.1.19", "MIT"],
        ["jakarta.annotation:jakarta.annotation-api", "1.3.5", "EPL-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0"],
        ["com.jcraft:jzlib", "1.1.3", "BSD"],
      ],
    );
  });
});
