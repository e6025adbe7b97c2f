export default defineEventHandler(() => ["dover"]);
