export const i18n = { locales: ["en"], defaultLocale: "en" };
