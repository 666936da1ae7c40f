// Programs of other projects, which are shown in documents: they compile against the sources as they would against the package.
import "../../examples/kubernetes/index";
import "../../examples/library/index";
import "../../examples/policy/index";
import "../../examples/tracing/index";
