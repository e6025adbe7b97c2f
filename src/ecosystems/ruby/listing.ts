/** Code in Ruby that lists the project folder, or the one that it lies in, or reads files there by names that it computes. */

const LISTS =
  /\bDir(\.glob|\[|\.entries|\.children|\.each_child|\.foreach)\(?\s*\(?(["'](\.\/?|\*|#\{(Rails\.root|__dir__|Dir\.pwd)\}\/?["'*#])|(Rails\.root|__dir__|Dir\.pwd)\s*[),\]]|Rails\.root\.join\(\s*["']\*|File\.(join|expand_path)\(\s*(__dir__|Rails\.root)\s*,\s*["'](\.\.\/)*\*)|\bRails\.root\.(glob\(?\s*["']\*|children\b|entries\b|each_child\b|find\b)|\bRails\.root\.join\(\s*(?!ENV\b)[a-zA-Z_@]/;

export function listsFolders(code: string): boolean {
  return LISTS.test(code);
}
