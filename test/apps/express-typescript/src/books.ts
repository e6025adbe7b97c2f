export interface Book {
  title: string;
  author: string;
}

export const books: readonly Book[] = [
  { title: "Middlemarch", author: "George Eliot" },
  { title: "Effi Briest", author: "Theodor Fontane" },
];
