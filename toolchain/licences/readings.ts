/** A licence that somebody has read, since what the publisher says of this version is nothing or no expression. */
export interface Reading {
  readonly licence: string;
  /** Where it stands. */
  readonly from: string;
}

/** A notice that names the licence, where its text is looked for. */
const apacheNotice: Reading = { licence: "Apache-2.0", from: "the notice in its file LICENSE" };

const thrift: Reading = {
  licence: "Apache-2.0",
  from: "its file LICENSE, whose other licences are for its build and for other languages than Go",
};

/** Its pom lists the licences of what it has taken in beside its own. */
const jersey: Reading = {
  licence: "EPL-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0",
  from: "META-INF/NOTICE.md in its jar",
};

/** By kind, name and version: another version is read anew. */
export const readings: Readonly<Record<string, Reading>> = {
  "go github.com/Showmax/go-fqdn@v1.0.0": apacheNotice,
  "go github.com/apache/thrift@v0.22.0": thrift,
  "go github.com/apache/thrift@v0.24.0": thrift,
  "go github.com/in-toto/in-toto-golang@v0.9.0": apacheNotice,
  "go github.com/jmespath/go-jmespath@v0.4.0": apacheNotice,
  "go github.com/mattn/go-localereader@v0.0.1": { licence: "MIT", from: "its file README.md" },
  "go github.com/segmentio/asm@v1.2.1": { licence: "MIT-0", from: "its file LICENSE" },
  "go github.com/sourcegraph/appdash-data@v0.0.0-20151005221446-73f23eafcf67": {
    licence: "MIT AND Apache-2.0",
    from: "its file README.md, which names the licences of Appdash and of the scripts it embeds",
  },
  "go github.com/ua-parser/uap-go@v0.0.0-20240611065828-3a4781585db6": apacheNotice,
  "go github.com/ua-parser/uap-go@v0.0.0-20251207011819-db9adb27a0b8": apacheNotice,
  "maven com.google.re2j:re2j@1.8": { licence: "BSD-3-Clause", from: "golang.org/LICENSE, which its pom names" },
  "maven com.jcraft:jzlib@1.1.3": { licence: "BSD-3-Clause", from: "LICENSE.txt of github.com/ymnk/jzlib" },
  "maven org.antlr:ST4@4.0.8": { licence: "BSD-3-Clause", from: "LICENSE.txt of github.com/antlr/stringtemplate4" },
  "maven org.antlr:antlr-runtime@3.5.2": {
    licence: "BSD-3-Clause",
    from: "tool/LICENSE.txt of github.com/antlr/antlr3",
  },
  "maven org.antlr:antlr4-runtime@4.5.1-1": { licence: "BSD-3-Clause", from: "LICENSE.txt of github.com/antlr/antlr4" },
  "maven org.glassfish.jersey.containers:jersey-container-servlet@3.1.10": jersey,
  "maven org.glassfish.jersey.containers:jersey-container-servlet-core@3.1.10": jersey,
  "maven org.glassfish.jersey.core:jersey-client@3.1.10": jersey,
  "maven org.glassfish.jersey.core:jersey-common@3.1.10": jersey,
  "maven org.glassfish.jersey.core:jersey-server@3.1.10": jersey,
  "maven org.glassfish.jersey.inject:jersey-hk2@3.1.10": jersey,
  "maven org.slf4j:log4j-over-slf4j@1.7.36": { licence: "Apache-2.0", from: "the address in its pom" },
  "npm @logdna/tail-file@2.2.0": { licence: "MIT", from: "its file LICENSE" },
  "npm @monokle/types@0.3.2": {
    licence: "MIT",
    from: "LICENSE of github.com/kubeshop/monokle-core, whose folder packages/types it is",
  },
  "npm dom-walk@0.1.2": { licence: "MIT", from: "its file LICENCE" },
  "npm only@0.0.2": { licence: "MIT", from: "its file Readme.md" },
};
