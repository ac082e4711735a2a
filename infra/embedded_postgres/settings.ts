/** Superuser of the cluster; its password never leaves the data directory. */
export const ADMIN_ROLE = 'postgres'
/** Role of the application, the owner of its database. */
export const APPLICATION_ROLE = 'kirana'
/** Database of the application. */
export const APPLICATION_DATABASE = 'kirana'
/** Physical replication slot that keeps the standby's WAL on the primary. */
export const STANDBY_SLOT = 'embedded_standby'
/** The only address the servers listen on. */
export const HOST = '127.0.0.1'

/** Server settings by name. */
export type Settings = Record<string, string | number>

/** How the standby connects to the primary. */
export interface PrimaryAddress {
  port: number
  password: string
  /** Defaults to the superuser. */
  user?: string
  /** Physical replication slot of the standby, and its application name. */
  slot?: string
}

/**
 * Settings of both servers, equal except for the port: the standby can replace the primary, and a standby refuses
 * lower limits than its primary's.
 */
export function serverSettings(port: number): Settings {
  return {
    listen_addresses: HOST,
    port,
    unix_socket_directories: '',
    max_connections: 100,

    shared_buffers: '128MB',
    io_method: 'sync',
    jit: 'off',

    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    synchronous_standby_names: '',
    wal_level: 'logical',
    wal_writer_delay: '10ms',
    max_wal_size: '512MB',

    max_wal_senders: 12,
    max_replication_slots: 12,
    max_slot_wal_keep_size: '1GB',
    max_logical_replication_workers: 0,
    wal_sender_timeout: '30s',
    wal_receiver_timeout: '30s',
    wal_receiver_status_interval: '1s',
    wal_retrieve_retry_interval: '200ms',
    hot_standby: 'on',
    hot_standby_feedback: 'on',
    max_standby_streaming_delay: '5s',

    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] %q%u@%d ',
  }
}

/** Settings of a standby of the primary at `primary`. */
export function standbySettings(primary: PrimaryAddress): Settings {
  const { port, password, user = ADMIN_ROLE, slot = STANDBY_SLOT } = primary
  return {
    primary_slot_name: slot,
    primary_conninfo: renderConnection({
      host: HOST,
      port,
      user,
      password,
      application_name: slot,
      connect_timeout: 5,
      sslmode: 'disable',
      gssencmode: 'disable',
    }),
  }
}

export function renderSettings(settings: Settings) {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quote(value)}`)
  return `# Written at each start. Put your own settings into postgresql.conf, below the include.\n${lines.join('\n')}\n`
}

/** Access rules: everyone with a password, from this machine only. */
export function renderAccess() {
  return ['all', 'replication']
    .map((database) => `host ${database} all ${HOST}/32 scram-sha-256\n`)
    .join('')
}

function renderConnection(parameters: Settings) {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}='${String(value).replace(/['\\]/g, '\\$&')}'`)
    .join(' ')
}

function quote(value: string | number) {
  return typeof value === 'number' ? value : `'${value.replaceAll("'", "''")}'`
}
