document.title = "Almanac";
