package measure

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// What things in JSON may become, at most: an object the largest message there is, with its place in a list.
const (
	objectInJSON = 232
	listInJSON   = 64
	scalarInJSON = 48
)

// frame is an object or a list that has not ended.
type frame struct {
	object  bool
	isKey   bool
	key     string
	name    string
	value   string
	entries int64
}

// JSON measures a request in JSON. Which objects are resources, spans or attributes is decided by the names of their lists.
func JSON(body []byte, limits Limits, service Service) (Measured, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var measured Measured
	var open []frame
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && len(open) == 0 {
			return measured, nil
		}
		if err != nil {
			return measured, &Malformed{err.Error()}
		}
		if delim, is := token.(json.Delim); is {
			if delim == '{' || delim == '[' {
				if int64(len(open)) >= jsonDepth(limits) {
					return measured, &Excess{"depth", limits.Depth + 1, limits.Depth}
				}
				if err := enters(open, delim, &measured, limits); err != nil {
					return measured, err
				}
				open = append(open, frame{object: delim == '{', isKey: delim == '{'})
			} else {
				open = leaves(open, service)
			}
		} else if err := scalar(open, token, &measured, limits); err != nil {
			return measured, err
		}
		if measured.Decoded > limits.Decoded {
			return measured, &Excess{"decoded", measured.Decoded, limits.Decoded}
		}
	}
}

// jsonDepth is how deep objects and lists may be: a value inside a value is up to five of them, around the fifteen that OTLP has.
func jsonDepth(limits Limits) int64 { return 16 + 5*limits.Depth }

// enters counts what begins, by the name of the list it is in.
func enters(open []frame, delim json.Delim, measured *Measured, limits Limits) error {
	if delim == '[' {
		measured.Decoded += listInJSON
		return nil
	}
	measured.Decoded += objectInJSON
	if len(open) < 2 || open[len(open)-1].object {
		return nil
	}
	list, owner := &open[len(open)-1], &open[len(open)-2]
	list.entries++
	switch owner.key {
	case "resourceSpans", "resourceMetrics", "resourceLogs", "resource_spans", "resource_metrics", "resource_logs":
		if measured.Resources++; measured.Resources > limits.Resources {
			return &Excess{"resources", measured.Resources, limits.Resources}
		}
	case "spans", "dataPoints", "data_points", "logRecords", "log_records":
		measured.Items++
	case "attributes", "filteredAttributes", "filtered_attributes", "values", "metadata":
		if list.entries > limits.Attributes {
			return &Excess{"attributes", list.entries, limits.Attributes}
		}
	}
	return nil
}

// leaves ends the innermost one. What it held is the value of what holds it.
func leaves(open []frame, service Service) []frame {
	ended := open[len(open)-1]
	open = open[:len(open)-1]
	if ended.object && ended.name == serviceNameKey && isOfResource(open) && service != nil {
		service([]byte(ended.value))
	}
	if len(open) > 0 {
		parent := &open[len(open)-1]
		if parent.key == "value" {
			parent.value = ended.value
		}
		parent.isKey = parent.object
	}
	return open
}

// isOfResource tells whether an entry of the innermost list is an attribute of a resource.
func isOfResource(open []frame) bool {
	n := len(open)
	return n >= 3 && open[n-2].key == "attributes" && open[n-3].key == "resource"
}

func scalar(open []frame, token json.Token, measured *Measured, limits Limits) error {
	text, isText := token.(string)
	measured.Decoded += scalarInJSON
	if len(open) == 0 {
		return &Malformed{"not an object"}
	}
	current := &open[len(open)-1]
	if current.isKey {
		current.key, current.isKey = text, false
		return nil
	}
	current.isKey = current.object
	measured.Decoded += sizeOfText(len(text))
	if current.object && current.key == "key" && isText {
		if int64(len(text)) > limits.KeyBytes {
			return &Excess{"key", int64(len(text)), limits.KeyBytes}
		}
		current.name = text
	} else if isText {
		current.value = text
	}
	return nil
}
