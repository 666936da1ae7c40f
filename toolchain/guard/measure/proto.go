package measure

import "math"

// Proto measures a request in protobuf in one pass. It takes what pdata takes, but for groups, which OTLP has never had.
func Proto(signal Signal, body []byte, limits Limits, service Service) (Measured, error) {
	w := walk{limits: limits, service: service}
	err := w.message(requests[signal], body, 0)
	return w.measured, err
}

type walk struct {
	limits   Limits
	service  Service
	measured Measured
}

func (w *walk) message(m *message, body []byte, depth int64) error {
	var lists [4]list
	for at := 0; at < len(body); {
		tag, next := uvarint(body, at)
		if next == 0 {
			return &Malformed{"a tag is cut off or too long"}
		}
		at = next
		f := m.field(tag)
		// pdata cuts numbers of fields to 32 bits, so that a larger one can be any field.
		if f.kind == unknown && int32(tag>>3) <= 0 {
			return &Malformed{"a field without a number"}
		}
		wire := tag & 7
		if f.kind != unknown && wire != f.wire && !(wire == length && f.kind >= numbers) {
			return &Malformed{"a field of another type than OTLP says"}
		}
		size := 0
		switch wire {
		case varint:
			if _, next = uvarint(body, at); next == 0 {
				return &Malformed{"a number is cut off or too long"}
			}
			at = next
		case fixed8:
			size = 8
		case fixed4:
			size = 4
		case length:
			long, next := uvarint(body, at)
			if next == 0 || long > uint64(len(body)-next) {
				return &Malformed{"a field is longer than what holds it"}
			}
			at, size = next, int(long)
		default:
			return &Malformed{"a group, or a type that protobuf does not have"}
		}
		if size > len(body)-at {
			return &Malformed{"a number is cut off"}
		}
		if f.kind != unknown {
			if err := w.field(f, wire, body[at:at+size], &lists[f.list], depth); err != nil {
				return err
			}
		}
		at += size
	}
	return nil
}

var none field

func (m *message) field(tag uint64) *field {
	number := int32(tag >> 3)
	switch {
	case number > 0 && number < int32(len(m.fields)):
		return &m.fields[number]
	case number == deprecated:
		return &m.deprecated
	}
	return &none
}

func (w *walk) field(f *field, wire uint64, body []byte, in *list, depth int64) error {
	w.measured.Decoded += f.cost
	switch {
	case f.kind == text:
		w.measured.Decoded += sizeOfText(len(body)) + in.add(f.element, 1)
	case f.kind == numbers && wire == length:
		w.measured.Decoded += sizeOfText(len(body))
	case f.kind == varints && wire == length:
		w.measured.Decoded += in.add(f.element, varintsIn(body))
	default:
		w.measured.Decoded += in.add(f.element, 1)
	}
	switch f.counts {
	case resource:
		w.measured.Resources++
		if w.measured.Resources > w.limits.Resources {
			return &Excess{"resources", w.measured.Resources, w.limits.Resources}
		}
	case item:
		w.measured.Items++
	case key:
		if int64(len(body)) > w.limits.KeyBytes {
			return &Excess{"key", int64(len(body)), w.limits.KeyBytes}
		}
	case deeper:
		if depth++; depth > w.limits.Depth {
			return &Excess{"depth", depth, w.limits.Depth}
		}
	case attribute, identity:
		if in.length > w.limits.Attributes {
			return &Excess{"attributes", in.length, w.limits.Attributes}
		}
	}
	if w.measured.Decoded > w.limits.Decoded {
		return &Excess{"decoded", w.measured.Decoded, w.limits.Decoded}
	}
	if f.kind != nested {
		return nil
	}
	if err := w.message(f.holds, body, depth); err != nil {
		return err
	}
	if f.counts == identity && w.service != nil {
		if name := serviceName(body); name != nil {
			w.service(name)
		}
	}
	return nil
}

// list is one that grows while it is decoded.
type list struct{ length, room int64 }

// add gives the memory that so many more elements take. A list without room is copied into a larger one, as append of Go
// does it, and what it was is garbage: a long one makes five times its size of it.
func (l *list) add(element, count int64) (taken int64) {
	if element == 0 {
		return 0
	}
	for l.length += count; l.room < l.length; {
		if l.room < 256 {
			l.room = max(1, 2*l.room)
		} else {
			l.room += (l.room + 3*256) / 4
		}
		taken += sizeOf(l.room * element)
	}
	return taken
}

func sizeOfText(bytes int) int64 { return sizeOf(int64(bytes)) }

// sizeOf is what so many bytes take at most: sizes in which Go gives memory are up to an eighth apart, or 16 bytes.
func sizeOf(bytes int64) int64 {
	if bytes == 0 {
		return 0
	}
	return max((bytes+15)&^15, bytes+bytes/8)
}

func varintsIn(body []byte) (count int64) {
	for _, b := range body {
		if b < 0x80 {
			count++
		}
	}
	return count
}

const serviceNameKey = "service.name"

// serviceName is the value of an attribute that has been walked already, as it is encoded, if it is service.name.
func serviceName(attribute []byte) []byte {
	var name, value []byte
	for at := 0; at < len(attribute); {
		tag, next := uvarint(attribute, at)
		if tag&7 != length {
			// The number that OTLP has there, or what it does not know.
			switch tag & 7 {
			case varint:
				_, next = uvarint(attribute, next)
			case fixed8:
				next += 8
			case fixed4:
				next += 4
			}
			at = next
			continue
		}
		long, next := uvarint(attribute, next)
		at = next + int(long)
		switch int32(tag >> 3) {
		case 1:
			name = attribute[next:at]
		case 2:
			value = attribute[next:at]
		}
	}
	if string(name) != serviceNameKey {
		return nil
	}
	return text1(value)
}

// text1 is what a value holds that is a text and nothing else, or all of the value.
func text1(value []byte) []byte {
	if len(value) < 2 || value[0] != 1<<3|length {
		return value
	}
	if long, next := uvarint(value, 1); next != 0 && next+int(long) == len(value) {
		return value[next:]
	}
	return value
}

// uvarint reads a number, and gives where it ends, or 0 where it does not.
func uvarint(body []byte, at int) (uint64, int) {
	if at < len(body) && body[at] < 0x80 {
		return uint64(body[at]), at + 1
	}
	var number uint64
	for shift := uint(0); shift < 64 && at < len(body); shift += 7 {
		b := body[at]
		at++
		number |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return number, at
		}
	}
	return math.MaxUint64, 0
}
