/** Superuser of the cluster; its password never leaves the data directory. */
export const ADMIN_ROLE = 'postgres'
/** Role of the application, the owner of its database. */
export const APPLICATION_ROLE = 'kirana'
/** Database of the application. */
export const APPLICATION_DATABASE = 'kirana'
/** Physical replication slot that keeps the standby's WAL on the primary. */
export const STANDBY_SLOT = 'embedded_standby'
/** The only address that the servers listen on. */
export const HOST = '127.0.0.1'

/** Name and value of each setting of a server. */
export type Settings = Record<string, string | number>

/** How the standby reaches the primary. */
export interface PrimaryAddress {
  port: number
  password: string
  /** By default the superuser. */
  user?: string
  /** Physical replication slot of the standby, and its name on the primary. */
  slot?: string
}

/**
 * Settings of both servers. They are alike but for the port, so that the standby can take
 * the primary's place, and because a standby refuses smaller limits than its primary has.
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

/** Settings that make a server the standby of the primary at `primary`. */
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

/** The text of a configuration file. */
export function renderSettings(settings: Settings) {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quote(value)}`)
  return `# Written at each start. Put your own settings into postgresql.conf, below the include.\n${lines.join('\n')}\n`
}

/** Who may connect: everybody with a password, from this machine alone. */
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
