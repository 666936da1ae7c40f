export { countRedacted } from "./count";
export { privacyRules, type Privacy, type PrivacyRule } from "./options";
export { privacyProblems } from "./problems";
export { redact, redacts } from "./redact";
export { redactedAttribute } from "./statements";
