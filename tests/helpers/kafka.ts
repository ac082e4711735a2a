import { readFile } from 'node:fs/promises'
import { connect as connectSocket, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import env from '#start/env'
import db from '@adonisjs/lucid/services/db'
import {
  Kafka,
  logLevel,
  Partitioners,
  type Admin,
  type ISocketFactory,
  type Message,
} from 'kafkajs'
import { dropSlot } from '#tests/helpers/feed_recorder'
import { eventually } from '#tests/helpers/eventually'

export const BROKERS = (process.env.KAFKA_BROKERS ?? '127.0.0.1:9092').split(',')
const CONNECT_URL = process.env.CONNECT_URL ?? 'http://127.0.0.1:8083'

const client = () => new Kafka({ brokers: BROKERS, logLevel: logLevel.NOTHING })

async function withAdmin(work: (admin: Admin) => Promise<unknown>) {
  const admin = client().admin()
  await admin.connect()
  await work(admin).finally(() => admin.disconnect())
}

/** Writes records to a topic, which is made when it is not there. */
export async function produce(topic: string, messages: Message[]) {
  const producer = client().producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic, messages }).finally(() => producer.disconnect())
}

/** The application's source connector, on the database of the tests, with names of its own. */
export class SourceConnector {
  readonly slot: string
  readonly topics: string[]

  private constructor(readonly name: string) {
    this.slot = name
    this.topics = [`${name}.public.shops`, `${name}.public.products`]
  }

  static async register(name: string) {
    const connector = new SourceConnector(name)
    await connector.remove()
    const { config } = JSON.parse(
      await readFile(app.makePath('connectors/kirana-pg-source.json'), 'utf8')
    )
    const { hostname, port, username, password, pathname } = new URL(env.get('DATABASE_URL')!)
    await connector.#request('PUT', '/config', {
      ...config,
      'database.hostname': hostname,
      'database.port': port || '5432',
      'database.dbname': pathname.slice(1),
      'database.user': username,
      'database.password': decodeURIComponent(password),
      'topic.prefix': name,
      'slot.name': name,
    })
    await connector.#createTopics()
    await eventually(() => connector.#must('RUNNING'), 30_000)
    await eventually(() => connector.#mustHaveSlot(), 30_000)
    return connector
  }

  async pause() {
    await this.#request('PUT', '/pause')
    await eventually(() => this.#must('PAUSED'), 30_000)
  }

  async resume() {
    await this.#request('PUT', '/resume')
    await eventually(() => this.#must('RUNNING'), 30_000)
  }

  /** Empties the topics, as retention does. */
  async deleteRecords() {
    await withAdmin(async (admin) => {
      for (const topic of this.topics) {
        const offsets = await admin.fetchTopicOffsets(topic)
        await admin.deleteTopicRecords({
          topic,
          partitions: offsets.map(({ partition, high }) => ({ partition, offset: high })),
        })
      }
    })
  }

  async remove() {
    await this.#request('PUT', '/stop').catch(() => {})
    await this.#request('DELETE', '/offsets').catch(() => {})
    await this.#request('DELETE', '').catch(() => {})
    await dropSlot(this.slot)
    await withAdmin(async (admin) => {
      const topics = (await admin.listTopics()).filter((topic) => topic.includes(this.name))
      if (topics.length > 0) await admin.deleteTopics({ topics })
    })
  }

  async #must(wanted: string) {
    const { connector, tasks } = await this.#request('GET', '/status')
    const states = [connector, ...tasks].map(({ state }) => state)
    if (tasks.length === 0 || states.some((state) => state !== wanted)) {
      throw new Error(`${this.name}: ${states.join(', ')} ${tasks[0]?.trace ?? ''}`)
    }
  }

  async #mustHaveSlot() {
    const { rows } = await db.rawQuery(
      'SELECT FROM pg_replication_slots WHERE slot_name = ? AND active',
      [this.slot]
    )
    if (rows.length === 0) throw new Error(`${this.name} has no slot yet`)
  }

  /** Connect makes a topic with its first record, and a feed asks for both. */
  async #createTopics() {
    await withAdmin((admin) =>
      admin.createTopics({ topics: this.topics.map((topic) => ({ topic, numPartitions: 1 })) })
    )
  }

  /** Connect answers 409 while it hands tasks out anew. */
  async #request(method: string, path: string, body?: object) {
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(`${CONNECT_URL}/connectors/${this.name}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: body && JSON.stringify(body),
      })
      const text = await response.text()
      if (response.ok) return text && JSON.parse(text)
      if (response.status !== 409 || attempt === 20) {
        throw new Error(`${method} ${path}: ${response.status} ${text}`)
      }
      await delay(250)
    }
  }
}

/** Sockets that a test can cut: until `mend` nothing more gets through. */
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

  mend() {
    this.#isCut = false
  }
}
