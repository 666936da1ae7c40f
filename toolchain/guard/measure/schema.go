package measure

// How a field is encoded, as the wire type of its tag.
const (
	varint = 0
	fixed8 = 1
	length = 2
	fixed4 = 5
)

// What a field of a message is.
type kind uint8

const (
	unknown kind = iota
	// number is part of the memory of its message.
	number
	// text is a string or bytes.
	text
	// nested is a message.
	nested
	// numbers are fixed, one after the other or each with its tag.
	numbers
	// varints are the same of variable length.
	varints
)

type field struct {
	kind kind
	wire uint64
	// cost is the memory of each one of it, in bytes, beside what it holds and its place in a list.
	cost int64
	// element is its place in a list, in bytes, where there may be more than one.
	element int64
	// list tells the lists of a message apart: 0 to 3.
	list  uint8
	holds *message
	// counts is what each one of it counts as.
	counts count
}

type count uint8

const (
	nothing count = iota
	resource
	item
	attribute
	// deeper is a value inside a value.
	deeper
	// key is the name of an attribute.
	key
	// identity is an attribute of a resource, service.name perhaps.
	identity
)

// message has its fields by number. Those of OTLP go to 16, but for one.
type message struct {
	fields     [17]field
	deprecated field // number 1000
}

const deprecated = 1000

// Sizes of what is in pdata 1.64 more than once, in bytes.
const (
	pointer  = 8
	eight    = 8
	text16   = 16
	anyValue = 16
	keyValue = 40
	exemplar = 72
	// boxed is a number or a text on its own, behind an interface.
	boxed = 16
)

// What the Collector makes of each message: the size of its struct, rounded up to a size in which Go gives memory.
// A test holds it against what pdata really takes.
var (
	value      = message{}
	attributes = field{kind: nested, wire: length, element: keyValue, holds: &pair, counts: attribute}
	pair       = message{fields: [17]field{
		1: {kind: text, wire: length, counts: key},
		2: {kind: nested, wire: length, holds: &value},
		3: {kind: number, wire: varint},
	}}
	valueList = message{fields: [17]field{1: {kind: nested, wire: length, element: anyValue, holds: &value}}}
	valueMap  = message{fields: [17]field{1: attributes}}

	entity = message{fields: [17]field{
		1: {kind: text, wire: length},
		2: {kind: text, wire: length},
		3: {kind: text, wire: length, element: text16},
		4: {kind: text, wire: length, element: text16, list: 1},
	}}
	resourceOf = message{fields: [17]field{
		1: {kind: nested, wire: length, element: keyValue, holds: &pair, counts: identity},
		2: {kind: number, wire: varint},
		3: {kind: nested, wire: length, cost: 80, element: pointer, list: 1, holds: &entity},
	}}
	scope = message{fields: [17]field{
		1: {kind: text, wire: length},
		2: {kind: text, wire: length},
		3: attributes,
		4: {kind: number, wire: varint},
	}}

	traces = request(&message{fields: [17]field{
		1:  {kind: text, wire: length},
		2:  {kind: text, wire: length},
		3:  {kind: text, wire: length},
		4:  {kind: text, wire: length},
		5:  {kind: text, wire: length},
		6:  {kind: number, wire: varint},
		7:  {kind: number, wire: fixed8},
		8:  {kind: number, wire: fixed8},
		9:  attributes,
		10: {kind: number, wire: varint},
		11: {kind: nested, wire: length, cost: 64, element: pointer, list: 1, holds: &message{fields: [17]field{
			1: {kind: number, wire: fixed8},
			2: {kind: text, wire: length},
			3: attributes,
			4: {kind: number, wire: varint},
		}}},
		12: {kind: number, wire: varint},
		13: {kind: nested, wire: length, cost: 80, element: pointer, list: 2, holds: &message{fields: [17]field{
			1: {kind: text, wire: length},
			2: {kind: text, wire: length},
			3: {kind: text, wire: length},
			4: attributes,
			5: {kind: number, wire: varint},
			6: {kind: number, wire: fixed4},
		}}},
		14: {kind: number, wire: varint},
		15: {kind: nested, wire: length, holds: &message{fields: [17]field{
			2: {kind: text, wire: length},
			3: {kind: number, wire: varint},
		}}},
		16: {kind: number, wire: fixed4},
	}}, 208, item)

	exemplars = field{kind: nested, wire: length, element: exemplar, list: 1, holds: &message{fields: [17]field{
		2: {kind: number, wire: fixed8},
		3: {kind: number, wire: fixed8, cost: boxed},
		4: {kind: text, wire: length},
		5: {kind: text, wire: length},
		6: {kind: number, wire: fixed8, cost: boxed},
		7: attributes,
	}}}
	numberPoints = points(96, &message{fields: [17]field{
		2: {kind: number, wire: fixed8},
		3: {kind: number, wire: fixed8},
		4: {kind: number, wire: fixed8, cost: boxed},
		5: exemplars,
		6: {kind: number, wire: fixed8, cost: boxed},
		7: attributes,
		8: {kind: number, wire: varint},
	}})
	histogramPoints = points(176, &message{fields: [17]field{
		2:  {kind: number, wire: fixed8},
		3:  {kind: number, wire: fixed8},
		4:  {kind: number, wire: fixed8},
		5:  {kind: number, wire: fixed8},
		6:  {kind: numbers, wire: fixed8, element: eight, list: 2},
		7:  {kind: numbers, wire: fixed8, element: eight, list: 3},
		8:  exemplars,
		9:  attributes,
		10: {kind: number, wire: varint},
		11: {kind: number, wire: fixed8},
		12: {kind: number, wire: fixed8},
	}})
	buckets = field{kind: nested, wire: length, holds: &message{fields: [17]field{
		1: {kind: number, wire: varint},
		2: {kind: varints, wire: varint, element: eight},
	}}}
	exponentialPoints = points(208, &message{fields: [17]field{
		1:  attributes,
		2:  {kind: number, wire: fixed8},
		3:  {kind: number, wire: fixed8},
		4:  {kind: number, wire: fixed8},
		5:  {kind: number, wire: fixed8},
		6:  {kind: number, wire: varint},
		7:  {kind: number, wire: fixed8},
		8:  buckets,
		9:  buckets,
		10: {kind: number, wire: varint},
		11: exemplars,
		12: {kind: number, wire: fixed8},
		13: {kind: number, wire: fixed8},
		14: {kind: number, wire: fixed8},
	}})
	summaryPoints = points(96, &message{fields: [17]field{
		2: {kind: number, wire: fixed8},
		3: {kind: number, wire: fixed8},
		4: {kind: number, wire: fixed8},
		5: {kind: number, wire: fixed8},
		6: {kind: nested, wire: length, cost: 16, element: pointer, list: 1, holds: &message{fields: [17]field{
			1: {kind: number, wire: fixed8},
			2: {kind: number, wire: fixed8},
		}}},
		7: attributes,
		8: {kind: number, wire: varint},
	}})
	metrics = request(&message{fields: [17]field{
		1:  {kind: text, wire: length},
		2:  {kind: text, wire: length},
		3:  {kind: text, wire: length},
		5:  numberPoints,
		7:  numberPoints,
		9:  histogramPoints,
		10: exponentialPoints,
		11: summaryPoints,
		12: attributes,
	}}, 96, nothing)

	logs = request(&message{fields: [17]field{
		1:  {kind: number, wire: fixed8},
		2:  {kind: number, wire: varint},
		3:  {kind: text, wire: length},
		5:  {kind: nested, wire: length, holds: &value},
		6:  attributes,
		7:  {kind: number, wire: varint},
		8:  {kind: number, wire: fixed4},
		9:  {kind: text, wire: length},
		10: {kind: text, wire: length},
		11: {kind: number, wire: fixed8},
		12: {kind: text, wire: length},
	}}, 144, item)
)

// A value may hold values.
func init() {
	value.fields = [17]field{
		1: {kind: text, wire: length, cost: boxed},
		2: {kind: number, wire: varint, cost: boxed},
		3: {kind: number, wire: varint, cost: boxed},
		4: {kind: number, wire: fixed8, cost: boxed},
		5: {kind: nested, wire: length, cost: boxed + 24, holds: &valueList, counts: deeper},
		6: {kind: nested, wire: length, cost: boxed + 24, holds: &valueMap, counts: deeper},
		7: {kind: text, wire: length, cost: 24},
		8: {kind: number, wire: varint, cost: boxed},
	}
}

// request is what all three signals have around their items.
func request(item *message, cost int64, counts count) *message {
	scopes := field{kind: nested, wire: length, cost: 112, element: pointer, holds: &message{fields: [17]field{
		1: {kind: nested, wire: length, holds: &scope},
		2: {kind: nested, wire: length, cost: cost, element: pointer, holds: item, counts: counts},
		3: {kind: text, wire: length},
	}}}
	old := scopes
	old.list = 1
	return &message{fields: [17]field{
		1: {kind: nested, wire: length, cost: 128, element: pointer, counts: resource, holds: &message{
			fields: [17]field{
				1: {kind: nested, wire: length, holds: &resourceOf},
				2: scopes,
				3: {kind: text, wire: length},
			},
			deprecated: old,
		}},
	}}
}

// points is one kind of data of a metric: what all of them have around their points.
func points(cost int64, point *message) field {
	return field{kind: nested, wire: length, cost: boxed + 32, holds: &message{fields: [17]field{
		1: {kind: nested, wire: length, cost: cost, element: pointer, holds: point, counts: item},
		2: {kind: number, wire: varint},
		3: {kind: number, wire: varint},
	}}}
}

var requests = map[Signal]*message{Traces: traces, Metrics: metrics, Logs: logs}
