/** Numbers in the words of reports. */

/** `1 place`, `1,204 places`. */
export function count(number: number, what: string): string {
  return `${grouped(number)} ${what}${number === 1 ? "" : "s"}`;
}

/** `18,204`. Node's own way to say so, `toLocaleString`, loads the rules of all languages: a seventh of a short run. */
export function grouped(number: number, digits = 0): string {
  return number.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");
}

const units = ["bytes", "kB", "MB", "GB"];

/** Bytes in units of 1000, as container engines tell them: `512 bytes`, `21.5 kB`, `1,016.7 MB`. */
export function bytesOf(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= (unit === 2 ? 10_000 : 1000) && unit < units.length - 1) {
    amount /= 1000;
    unit++;
  }
  const digits = unit === 0 ? 0 : 1;
  return `${grouped(amount, digits)} ${units[unit]}`;
}

/** `4.2 s`, `3 min 12 s`. */
export function secondsOf(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `−18.7 %`; empty where nothing changed. */
export function changeOf(before: number, after: number): string {
  const share = before === 0 ? 0 : ((after - before) / before) * 100;
  const text = Math.abs(share).toFixed(1);
  return text === "0.0" ? "" : `${share < 0 ? "−" : "+"}${text} %`;
}
