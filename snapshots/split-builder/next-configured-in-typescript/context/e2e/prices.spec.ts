test("prices", () => {});
