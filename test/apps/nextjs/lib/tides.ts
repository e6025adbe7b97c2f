export interface Tide {
  readonly port: string;
  /** Hours after midnight. */
  readonly high: number;
}

export const TIDES: readonly Tide[] = [
  { port: "dover", high: 11.2 },
  { port: "brest", high: 4.5 },
];

export function tideAt(port: string): Tide | undefined {
  return TIDES.find((tide) => tide.port === port);
}
