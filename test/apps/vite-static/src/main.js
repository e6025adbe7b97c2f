import { places } from "./places.js";
import "./style.css";

const cards = document.querySelector("#cards");
for (const place of places) {
  const card = document.createElement("li");
  card.textContent = place;
  cards.append(card);
}
