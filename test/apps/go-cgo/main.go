// A server for a timetable in YAML, which the C library reads.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"time"
)

func main() {
	http.HandleFunc("/", func(response http.ResponseWriter, _ *http.Request) {
		entries, err := readEntries("lines.yaml")
		if err != nil {
			http.Error(response, err.Error(), http.StatusInternalServerError)
			return
		}
		for _, entry := range entries {
			fmt.Fprintln(response, entry)
		}
	})
	http.HandleFunc("/noon", func(response http.ResponseWriter, _ *http.Request) {
		place, err := time.LoadLocation("Europe/Vienna")
		if err != nil {
			http.Error(response, err.Error(), http.StatusInternalServerError)
			return
		}
		noon := time.Date(2026, time.June, 1, 12, 0, 0, 0, place)
		fmt.Fprintln(response, noon.UTC().Format(time.RFC3339))
	})
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
