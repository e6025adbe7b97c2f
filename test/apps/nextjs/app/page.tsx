import Link from "next/link";
import { TIDES } from "../lib/tides";

export default function Page() {
  return (
    <ul>
      {TIDES.map(({ port }) => (
        <li key={port}>
          <Link href={`/tides/${port}`}>{port}</Link>
        </li>
      ))}
    </ul>
  );
}
