import ms from "ms";
document.title = `Shop, ${ms(60000)}`;
