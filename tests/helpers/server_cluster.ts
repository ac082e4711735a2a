import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { listProcesses } from '#infra/embedded_postgres/processes'
import { eventually } from '#tests/helpers/eventually'
import { KeptConnection } from '#tests/helpers/kept_connection'
import { ServerProcess } from '#tests/helpers/server_process'

const LONG = 90_000

/** A server with several processes, on the database of the tests. */
export class ServerCluster {
  #open: KeptConnection[] = []

  private constructor(
    readonly server: ServerProcess,
    readonly size: number
  ) {}

  /** @param env differences from the environment of the tests */
  static async start(
    env: Record<string, string> = {},
    { size = 2, script = 'bin/server.ts' } = {}
  ) {
    const urls = {
      DATABASE_URL: process.env.DATABASE_URL!,
      DATABASE_READ_URL: process.env.DATABASE_READ_URL!,
    }
    const WEB_CONCURRENCY = String(size)
    const server = await ServerProcess.start(script, {
      ...{ ...urls, WEB_CONCURRENCY, LOG_LEVEL: 'warn' },
      ...env,
    })
    const cluster = new ServerCluster(server, size)
    await cluster.isComplete()
    return cluster
  }

  get url() {
    return this.server.url
  }

  /** Waits until every process serves and hears of changes. */
  async isComplete() {
    await eventually(async () => {
      for (const connection of (await this.oneToEach()).values()) {
        const { processes, changeFeed } = JSON.parse((await connection.get('/health/ready')).text)
        if (processes.serving !== this.size) throw new Error(this.server.output)
        if (!changeFeed.healthy) throw new Error(`Nothing heard yet: ${this.server.output}`)
      }
    }, LONG)
  }

  /** Process ids. */
  get workers() {
    return listProcesses()
      .filter(({ pid }) => parentOf(pid) === this.server.pid)
      .filter(({ command }) => /bin\/worker\.[jt]s/.test(command))
      .map(({ pid }) => pid)
  }

  connect() {
    const connection = new KeptConnection(this.url)
    this.#open.push(connection)
    return connection
  }

  /** A connection to each worker, by its process id. */
  async oneToEach() {
    const found = new Map<number, KeptConnection>()
    for (let attempt = 0; attempt < 50 && found.size < this.size; attempt++) {
      const connection = this.connect()
      await connection.get('/health/live')
      const owner = this.#ownerOf(connection)
      if (owner) found.set(owner, connection)
    }
    if (found.size < this.size) throw new Error(`Only ${[...found.keys()]} answer`)
    return found
  }

  async stop() {
    for (const connection of this.#open) connection.close()
    return this.server.stop()
  }

  /** The process that holds the server's end of the connection; the list of all is not always complete. */
  #ownerOf({ port }: KeptConnection) {
    const inode = inodeOf(Number(new URL(this.url).port), port!)
    return this.workers.find((pid) => socketsOf(pid).includes(`socket:[${inode}]`))
  }
}

function inodeOf(local: number, remote: number) {
  const hex = (port: number) => port.toString(16).toUpperCase().padStart(4, '0')
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)
  const fields = lines.map((line) => line.trim().split(/\s+/))
  const found = fields.find(([, from, to]) => {
    return from?.endsWith(`:${hex(local)}`) && to.endsWith(`:${hex(remote)}`)
  })
  return found?.[9]
}

function socketsOf(pid: number) {
  const directory = `/proc/${pid}/fd`
  return readdirSync(directory).flatMap((name) => {
    try {
      return [readlinkSync(`${directory}/${name}`)]
    } catch {
      return []
    }
  })
}

function parentOf(pid: number) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}
