/** Code in PHP that lists the project folder, or the one that it lies in, or reads files there by names that it computes. */

const LISTS =
  /\b(scandir|glob|opendir|dir|(?:Recursive)?DirectoryIterator|FilesystemIterator|allFiles|files|directories|in)\(\s*(["']\.?\/?\*?["']|__DIR__\s*[,)]|getcwd\(\)|base_path\(\s*(\)|["']\/?\*)|(__DIR__|base_path\(\))\s*\.\s*["']\/(\.\.\/)*\*)|\bbase_path\(\s*\$|(__DIR__|base_path\(\))\s*\.\s*["']\/(\.\.\/)*["']\s*\.\s*\$/;

export function listsFolders(code: string): boolean {
  return LISTS.test(code);
}
