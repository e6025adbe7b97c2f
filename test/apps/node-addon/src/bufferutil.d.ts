declare module "bufferutil" {
  export function mask(source: Buffer, mask: Buffer, output: Buffer, offset: number, length: number): void;
}
