/**
 * Base of all errors of the embedded cluster: a `code` for programs, a one-sentence message with a remedy, and the
 * `cause`.
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

/** No PostgreSQL package exists for this platform. */
export class UnsupportedPlatform extends EmbeddedPostgresError {
  static readonly code = 'E_UNSUPPORTED_PLATFORM'
}

/** The PostgreSQL package is not installed, or its programs do not run here. */
export class BinariesUnusable extends EmbeddedPostgresError {
  static readonly code = 'E_BINARIES_UNUSABLE'
}

/** PostgreSQL refuses to run as this user, and no other is available. */
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

/** The data directory cannot be created or written, or belongs to another user. */
export class DataDirectoryUnwritable extends EmbeddedPostgresError {
  static readonly code = 'E_DATA_DIRECTORY_UNWRITABLE'
}

/** The data directory contains something else, or an incomplete cluster. */
export class DataDirectoryInvalid extends EmbeddedPostgresError {
  static readonly code = 'E_DATA_DIRECTORY_INVALID'
}

/** The data is from another major version of PostgreSQL. */
export class DataDirectoryVersion extends EmbeddedPostgresError {
  static readonly code = 'E_DATA_DIRECTORY_VERSION'
}

/** Creating a cluster failed. */
export class ClusterCreationFailed extends EmbeddedPostgresError {
  static readonly code = 'E_CLUSTER_CREATION_FAILED'
}

/** A server exited before accepting connections. */
export class PostgresStartFailed extends EmbeddedPostgresError {
  static readonly code: string = 'E_POSTGRES_START_FAILED'
}

/** The port is in use by another program. */
export class PortTaken extends PostgresStartFailed {
  static readonly code = 'E_PORT_TAKEN'
}

/** The standby needs WAL that the primary no longer has. */
export class StandbyLost extends EmbeddedPostgresError {
  static readonly code = 'E_STANDBY_LOST'

  constructor() {
    super('it can never catch up, since the primary no longer has the WAL that it needs')
  }
}

/** The cluster was stopped, or its start cancelled, during the operation. */
export class ClusterStopped extends EmbeddedPostgresError {
  static readonly code = 'E_CLUSTER_STOPPED'
}
