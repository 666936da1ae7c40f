import type { Form } from "../form";

/** Countries with an IBAN. Source: SWIFT's IBAN registry. */
const countries =
  "A[DELTZ]|B[AEGHIRY]|C[HRYZ]|D[EJKO]|E[EGS]|F[IKOR]|G[BEILRT]|H[NRU]|I[ELQST]|J[O]|K[WZ]|L[BCITUVY]|M[CDEKNRTU]|N[ILO]|OM|P[KLST]|QA|R[OSU]|S[ACDEIKMOTV]|T[LNR]|UA|V[AG]|XK|YE";

/** In one piece, or in groups of four: 15 to 34 characters. */
export const ibans: readonly Form[] = [
  {
    rule: "ibans",
    pattern: String.raw`\b(?:${countries})[0-9]{2}(?:[0-9A-Z]{11,30}|(?: [0-9A-Z]{4}){2,7}(?: [0-9A-Z]{1,4})?)\b`,
    mask: "{iban}",
    hints: ["[A-Z]{2}[0-9]{2} ?[0-9A-Z]{4} ?[0-9A-Z]{4} ?[0-9A-Z]{3}"],
  },
];
