export { ledgerInWords, readLedger } from "./ledger";
export { report } from "./report";
export type { GrafanaTarget, Targets } from "./targets";
export { verify, type StepResult, type VerifyOptions, type VerifyResult } from "./verify";
