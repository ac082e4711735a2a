import { connect as connectSocket, type Socket } from 'node:net'
import {
  Kafka,
  logLevel,
  Partitioners,
  type Admin,
  type ISocketFactory,
  type Message,
} from 'kafkajs'
import config from '#config/connectors'

const client = () => new Kafka({ brokers: config.brokers, logLevel: logLevel.NOTHING })

export async function withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = client().admin()
  await admin.connect()
  return work(admin).finally(() => admin.disconnect())
}

/** Creates missing topics. */
export function createTopics(topics: string[]) {
  return withAdmin(async (admin) => {
    const existing = await admin.listTopics()
    const missing = topics.filter((topic) => !existing.includes(topic))
    await admin.createTopics({
      topics: missing.map((topic) => ({ topic, numPartitions: 1 })),
      waitForLeaders: true,
    })
  })
}

/** Produces records; creates the topic if necessary. */
export async function produce(topic: string, messages: Message[]) {
  const producer = client().producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic, messages }).finally(() => producer.disconnect())
}

/** Sockets that a test can cut: until `restore` nothing more gets through. */
export class Wire {
  #sockets = new Set<Socket>()
  #isCut = false

  readonly factory: ISocketFactory = ({ host, port, onConnect }) => {
    const socket = connectSocket({ host, port }, onConnect)
    this.#sockets.add(socket)
    if (this.#isCut) socket.destroy(new Error('The wire is cut'))
    return socket
  }

  cut() {
    this.#isCut = true
    for (const socket of this.#sockets) socket.destroy(new Error('The wire was cut'))
    this.#sockets.clear()
  }

  restore() {
    this.#isCut = false
  }
}
