import { isSpace, type Piece } from "./go-text.ts";

/** Splits while the lexer goes: what stood in quotes holds a word together. */
export class Words {
  readonly #words: Piece[] = [];
  #text = "";
  #start = 0;

  add(text: string, at: number, raw: boolean): void {
    if (raw) {
      this.#append(text, at);
      return;
    }
    for (const char of text) {
      if (isSpace(char.charCodeAt(0))) this.#end(at);
      else this.#append(char, at);
    }
  }

  finish(end: number): Piece[] {
    this.#end(end);
    return this.#words;
  }

  #append(text: string, at: number): void {
    if (this.#text === "") this.#start = at;
    this.#text += text;
  }

  #end(at: number): void {
    if (this.#text !== "") this.#words.push({ text: this.#text, start: this.#start, end: at });
    this.#text = "";
  }
}

/** A text being put together; once a part of it is unknown, it is. */
export class Result {
  #text: string | undefined = "";

  add(part: string | undefined): void {
    this.#text = part === undefined || this.#text === undefined ? undefined : this.#text + part;
  }

  get text(): string | undefined {
    return this.#text;
  }
}
