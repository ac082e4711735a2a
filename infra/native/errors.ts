/** Base of all errors of the native stack: a `code`, and a message with a remedy. */
export class StackError extends Error {
  static readonly code: string = 'E_STACK'
  readonly code: string

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = this.constructor.name
    this.code = (this.constructor as typeof StackError).code
  }
}

/** A part exited, or did not answer in time; the message includes the end of its log. */
export class PartNotReady extends StackError {
  static readonly code = 'E_PART_NOT_READY'

  constructor(name: string, reason: string, log: { path: string; tail: string }) {
    const lines = log.tail.trim().split('\n').slice(-15)
    super(
      `${name} ${reason}; the end of ${log.path}:\n${lines.map((line) => `    ${line}`).join('\n')}`
    )
  }
}

/** A port of the stack is in use by another program. */
export class StackPortTaken extends StackError {
  static readonly code = 'E_STACK_PORT_TAKEN'

  constructor(name: string, port: number) {
    super(
      `${name} cannot start, because another program listens on port ${port} (see \`ss -ltnp\`): stop it, or move the stack with STACK_PORT_OFFSET=10000`
    )
  }
}

/** A program could not be installed. */
export class InstallationFailed extends StackError {
  static readonly code = 'E_INSTALLATION_FAILED'
}

/** Not the name of a part. */
export class UnknownPart extends StackError {
  static readonly code = 'E_UNKNOWN_PART'
}
