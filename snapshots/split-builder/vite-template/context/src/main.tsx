document.title = "Postcards";
