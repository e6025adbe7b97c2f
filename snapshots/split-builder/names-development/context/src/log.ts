export const transport = { target: "pino-pretty" };
