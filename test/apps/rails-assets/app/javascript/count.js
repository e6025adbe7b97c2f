export const count = () => document.querySelectorAll("li").length;
