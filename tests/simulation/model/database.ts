import type { Database } from '@adonisjs/lucid/database'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { matching, run, type Server, type Session } from '#tests/simulation/model/statements'
import { owners } from '#tests/simulation/time'
import type { World } from '#tests/simulation/world'

export class ServerAway extends Error {
  code = 'ECONNREFUSED'
}

type Values = readonly unknown[]

/** Outside of a transaction: how old a heartbeat is, and where the log is. */
const isRoutine = matching(/clock_timestamp\(\) AS now|AS timeline/)

/** One connection, in a transaction or not. */
export class Connection {
  protected session: Session = {}
  isRoutine = false

  constructor(
    protected world: World,
    protected server: Server
  ) {}

  async rawQuery(sql: string, values: Values = []): Promise<{ rows: any[] }> {
    const { world, server } = this
    await (this.isRoutine ? world.routine() : world.turn())
    if (server.replica?.hangs) await server.replica.hangs
    if (server.replica?.isDown) throw new ServerAway()
    const rows = await this.run(sql, values)
    if (server.areAnswersSlow && world.dice(4) === 0)
      await world.pause([20, 300, 1_200][world.dice(3)])
    world.tell(
      () =>
        `   ${(owners.getStore() as any)?.name} ${server.replica?.name ?? 'primary'} ${sql.trim().slice(0, 40).replace(/\s+/g, ' ')} ${JSON.stringify(rows)}`
    )
    const owner = owners.getStore()
    if (owner?.stopped) await owner.stopped
    return { rows }
  }

  protected run(sql: string, values: Values) {
    return run(sql, this.server, this.session, values)
  }
}

/** Opens the connection of a transaction. */
export type Connect = (servers: Server[]) => Connection

/** What the application knows as Lucid: the primary, and the replicas behind a balancer. */
export class SimulatedDatabase {
  manager = { close: async () => {} }

  constructor(
    private primary: Server,
    private replicas: Server[],
    private connect: Connect
  ) {}

  rawQuery(sql: string, values?: Values) {
    const connection = this.connect([this.primary])
    connection.isRoutine = isRoutine(sql)
    return connection.rawQuery(sql, values)
  }

  transaction<T>(work: (client: TransactionClientContract) => Promise<T>) {
    return this.#transaction([this.primary], work)
  }

  connection(name: string) {
    if (name !== 'replica') return this
    return {
      getReadClient: () => null,
      transaction: <T>(work: (client: TransactionClientContract) => Promise<T>) =>
        this.#transaction(this.replicas, work),
    }
  }

  get asLucid() {
    return this as unknown as Database
  }

  async #transaction<T>(
    servers: Server[],
    work: (client: TransactionClientContract) => Promise<T>
  ) {
    return work(this.connect(servers) as unknown as TransactionClientContract)
  }
}
