import { TIDES } from "../../../lib/tides";

export const dynamic = "force-dynamic";

export function GET() {
  return Response.json(TIDES.map(({ port }) => port));
}
