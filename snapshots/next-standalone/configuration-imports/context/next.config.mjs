import { i18n } from "./languages.mjs";

export default { i18n };
