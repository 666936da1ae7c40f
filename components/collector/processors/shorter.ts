import { deepest } from "./ottl";
import type { StatementGroup } from "./transform";

/** What attributes are cut down to, and what says that they were. */
export interface Shorter {
  /** What has the attributes: `span`, `log`, `resource`. */
  readonly holder: string;
  /** Bytes of all attributes together, as text, above which they are cut. */
  readonly above: number;
  /** Bytes that each keeps. */
  readonly each: number;
  /** Characters of a name from which on its attribute is dropped. */
  readonly longestName: number;
  /** Statement that marks what was cut. */
  readonly mark: string;
}

/**
 * Cuts attributes where all of them together are too many bytes: lists and maps become attributes of their own, numbers become
 * text, and each text is cut.
 *
 * Source: delete_matching_keys, flatten and truncate_all in pkg/ottl/ottlfuncs/README.md of the Collector's contrib repository.
 */
export const shorter = ({ holder, above, each, longestName, mark }: Shorter): StatementGroup => ({
  conditions: [`Len(ToKeyValueString(${holder}.attributes)) > ${above}`],
  statements: [
    // A name cannot be cut, and one this long names nothing.
    `delete_matching_keys(${holder}.attributes, "(?s)^.{${longestName}}")`,
    `flatten(${holder}.attributes, depth=${deepest})`,
    `stringify_all(${holder}.attributes)`,
    `truncate_all(${holder}.attributes, ${each})`,
    mark,
  ],
});
