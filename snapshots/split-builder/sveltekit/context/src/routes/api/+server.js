import ms from "ms"; export const GET = () => new Response(String(ms(1000)));
