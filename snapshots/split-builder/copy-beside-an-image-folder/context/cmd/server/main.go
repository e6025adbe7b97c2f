package main

import (
	"html/template"
	"net/http"

	"example.com/shop/internal/db"
)

func main() {
	t := template.Must(template.ParseFiles("templates/index.html"))
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { t.Execute(w, db.Items()) })
	http.ListenAndServe(":8080", nil)
}
