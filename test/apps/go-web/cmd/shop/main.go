// Command shop lists what is in stock.
package main

import (
	"html/template"
	"log"
	"net/http"
	"os"

	"example.com/shop/internal/stock"
)

func main() {
	page := template.Must(template.ParseFiles("templates/index.html"))
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if err := page.Execute(w, stock.Items()); err != nil {
			log.Print(err)
		}
	})
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
