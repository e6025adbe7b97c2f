export function greet(name: string): string {
  return `Welcome, ${name}!`;
}
