/**
 * What every failure of the embedded cluster has in common: a `code` that programs
 * can compare, a message of one sentence that says what to do, and the `cause`.
 */
export class EmbeddedPostgresError extends Error {
  static readonly code: string = 'E_EMBEDDED_POSTGRES'
  readonly code: string

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = this.constructor.name
    this.code = (this.constructor as typeof EmbeddedPostgresError).code
  }
}

/** No PostgreSQL is packaged for this operating system and processor. */
export class UnsupportedPlatform extends EmbeddedPostgresError {
  static readonly code = 'E_UNSUPPORTED_PLATFORM'
}

/** The package with the PostgreSQL programs is not installed, or they do not run here. */
export class BinariesUnusable extends EmbeddedPostgresError {
  static readonly code = 'E_BINARIES_UNUSABLE'
}

/** PostgreSQL refuses to run as this user, and there is no other one to run it as. */
export class NoUserToRunAs extends EmbeddedPostgresError {
  static readonly code = 'E_NO_USER_TO_RUN_AS'
}

/** A live process runs, or is starting, a cluster in the data directory. */
export class DataDirectoryInUse extends EmbeddedPostgresError {
  static readonly code = 'E_DATA_DIRECTORY_IN_USE'
  readonly ownerPid: number

  constructor(directory: string, ownerPid: number) {
    super(
      `The data directory ${directory} is in use by process ${ownerPid}; stop that process, or choose another directory`
    )
    this.ownerPid = ownerPid
  }
}

/** The data directory cannot be created or written, or belongs to somebody else. */
export class DataDirectoryUnwritable extends EmbeddedPostgresError {
  static readonly code = 'E_DATA_DIRECTORY_UNWRITABLE'
}

/** The data directory holds something else, or only a part of a cluster. */
export class DataDirectoryInvalid extends EmbeddedPostgresError {
  static readonly code = 'E_DATA_DIRECTORY_INVALID'
}

/** The data was written by another major version of PostgreSQL. */
export class DataDirectoryVersion extends EmbeddedPostgresError {
  static readonly code = 'E_DATA_DIRECTORY_VERSION'
}

/** A new, empty cluster could not be made. */
export class ClusterCreationFailed extends EmbeddedPostgresError {
  static readonly code = 'E_CLUSTER_CREATION_FAILED'
}

/** A server ended before it accepted connections. */
export class PostgresStartFailed extends EmbeddedPostgresError {
  static readonly code: string = 'E_POSTGRES_START_FAILED'
}

/** A server could not listen, because another program has the port. */
export class PortTaken extends PostgresStartFailed {
  static readonly code = 'E_PORT_TAKEN'
}

/** The standby asks for WAL that the primary does not have, now or later. */
export class StandbyLost extends EmbeddedPostgresError {
  static readonly code = 'E_STANDBY_LOST'

  constructor() {
    super('it can never catch up, since the primary no longer has the WAL that it needs')
  }
}

/** The cluster was stopped, or its start was called off, while this was under way. */
export class ClusterStopped extends EmbeddedPostgresError {
  static readonly code = 'E_CLUSTER_STOPPED'
}
