/** Code in Ruby that lists the project folder, or the one that it lies in, or reads files there by names that it computes. */

/** Such a folder. */
const HERE = String.raw`(?:Rails\.root(?:\.to_s)?|settings\.root|__dir__|Dir\.pwd|File\.dirname\(__FILE__\)|File\.expand_path\(\s*["'](?:\.\.?\/?)+["']\s*,\s*(?:__FILE__|__dir__)\s*\))`;

const LISTS = new RegExp(
  [
    String.raw`\bDir(?:\.glob|\[|\.entries|\.children|\.each_child|\.foreach)\(?\s*\(?(?:["'](?:\.\/?|\*|#\{${HERE}\}\/?["'*#])|${HERE}\s*[),\]]|Rails\.root\.join\(\s*["']\*|File\.(?:join|expand_path)\(\s*${HERE}\s*,\s*["'](?:\.\.\/)*\*)`,
    String.raw`\bRails\.root\.(?:glob\(?\s*["']\*|children\b|entries\b|each_child\b|find\b)`,
    String.raw`\bRails\.root\.join\(\s*(?!ENV\b)[a-zA-Z_@]`,
    String.raw`\bFile\.join\(\s*${HERE}\s*,\s*(?!ENV\b)[a-z_@]`,
    String.raw`\bFile\.expand_path\(\s*(?!ENV\b|__)[a-z_@]\w*\s*,\s*${HERE}`,
  ].join("|"),
);

export function listsFolders(code: string): boolean {
  return LISTS.test(code);
}
