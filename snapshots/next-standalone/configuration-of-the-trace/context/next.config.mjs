export default { outputFileTracingExcludes: { "/": ["./pictures"] } };
