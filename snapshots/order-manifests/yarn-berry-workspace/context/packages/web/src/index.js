import "words";
