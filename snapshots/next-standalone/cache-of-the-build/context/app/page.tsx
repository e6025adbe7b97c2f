import { unstable_cache } from "next/cache";

const prices = unstable_cache(() => fetch("https://prices.example/tea").then((answer) => answer.text()));

export default async function Page() {
  return <p>{await prices()}</p>;
}
