// Stands for any workload: it tells what it can see and do from inside its container.
package main

import (
	"encoding/json"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

type report struct {
	Args         []string
	User         int
	Secret       string
	Files        map[string]string
	Unwritable   map[string]string
	Neighbours   map[string]string
	Capabilities string
}

// The data volume counts how often the process has started.
func countStart(folder string) error {
	file, err := os.OpenFile(filepath.Join(folder, "starts"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = file.WriteString("started\n")
	return err
}

func list(name string) []string { return strings.Fields(os.Getenv(name)) }

func observe(unwritable map[string]string) report {
	seen := report{Args: os.Args[1:], User: os.Getuid(), Secret: os.Getenv("SECRET"), Unwritable: unwritable}
	seen.Files, seen.Neighbours = map[string]string{}, map[string]string{}
	for _, path := range list("READ") {
		content, err := os.ReadFile(path)
		if err != nil {
			content = []byte(err.Error())
		}
		seen.Files[path] = string(content)
	}
	for _, name := range list("LOOKUP") {
		if _, err := net.LookupHost(name); err != nil {
			seen.Neighbours[name] = err.Error()
		} else {
			seen.Neighbours[name] = "found"
		}
	}
	status, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(status), "\n") {
		if value, found := strings.CutPrefix(line, "CapBnd:\t"); found {
			seen.Capabilities = value
		}
	}
	return seen
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "ready" {
		if answer, err := http.Get("http://127.0.0.1:8080/"); err != nil || answer.StatusCode != http.StatusOK {
			os.Exit(1)
		}
		return
	}
	unwritable := map[string]string{}
	for _, folder := range append(list("WRITE"), "/") {
		if err := countStart(folder); err != nil {
			unwritable[folder] = err.Error()
		}
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_ = json.NewEncoder(w).Encode(observe(unwritable))
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
