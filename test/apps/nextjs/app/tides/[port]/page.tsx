import { notFound } from "next/navigation";
import { tideAt } from "../../../lib/tides";

export const dynamic = "force-dynamic";

export default async function Page({ params }: { params: Promise<{ port: string }> }) {
  const tide = tideAt((await params).port);
  if (!tide) notFound();
  return (
    <p>
      High water at {tide.port}: {tide.high}
    </p>
  );
}
