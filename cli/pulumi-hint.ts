/**
 * Lines of `pulumi destroy` without its last ones, which say to run `pulumi stack rm`: here that would forget which data is kept,
 * and `sightline down --delete-data` is what removes a stack.
 *
 * Source: cmd/pulumi/operations/destroy.go of Pulumi
 */
export function* withoutHint(line: string): Generator<string> {
  if (!/^(The resources in the stack have been deleted, but|If you want to remove the stack completely)/.test(line))
    yield line;
}
