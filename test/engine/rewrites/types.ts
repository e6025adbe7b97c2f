/** Rewrites written by hand, right and wrong, that `prove` must tell apart. */
export interface Rewrite {
  /** With the entry of the breakage catalogue, where there is one. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Files of the build context. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface WrongRewrite extends Rewrite {
  /** The path or config key that must be named among the differences. */
  readonly differs: string | RegExp;
}

/** A file whose first line is `FROM busybox`. */
export function onBusybox(...lines: readonly string[]): string {
  return `${["FROM busybox", ...lines].join("\n")}\n`;
}
