/** How a script leaves what it is in. Thrown, and caught where the shell would go on. */

export class ExitShell {
  readonly status: number;

  constructor(status: number) {
    this.status = status;
  }
}

export class ReturnFromFunction {
  readonly status: number;

  constructor(status: number) {
    this.status = status;
  }
}

export class LeaveLoop {
  readonly kind: "break" | "continue";
  readonly levels: number;

  constructor(kind: "break" | "continue", levels: number) {
    this.kind = kind;
    this.levels = levels;
  }
}
