import type { Use } from "./dependency";

/** Asks for no more than its text beside the code. Identifiers are those of https://spdx.org/licenses/. */
const permissive = [
  ...["0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "ISC", "MIT"],
  ...["MIT-0", "PSF-2.0", "Python-2.0", "Unicode-DFS-2016", "Unicode-3.0", "Unlicense", "Zlib"],
];

/** For texts and tables of facts. */
const content = ["CC-BY-3.0", "CC-BY-4.0"];

/** Holds for the files it stands in alone. */
const byFile = ["MPL-2.0"];

/** All of Debian's section `main`, which is free by its guidelines, without a word of the Affero licence. */
export const allOfMain = "LicenseRef-Debian-main";

/** Holds for a jar or program, and not for what runs beside it. */
const onItsOwn = ["CDDL-1.0", "CDDL-1.1", "EPL-1.0", "EPL-2.0", allOfMain];

const code = [...permissive, ...byFile, ...content];

/** What may stand in a licence, by use. What users pull may say anything, but has to say it. */
export const allowed: Readonly<Record<Exclude<Use, "pulled">, readonly string[]>> = {
  linked: code,
  tool: code,
  program: [...code, ...onItsOwn],
};
