import cluster, { type Worker } from 'node:cluster'
import { setTimeout as delay } from 'node:timers/promises'
import { Channel } from '#infra/cluster/channel'
import { CrewLost, WorkerNotStarted } from '#infra/cluster/errors'
import type { Hub } from '#infra/cluster/hub'
import { Replacements } from '#infra/cluster/replacements'
import { returnUntaken } from '#infra/cluster/untaken_connections'

/** A process that does not answer for this long is killed, in questions and milliseconds between them. */
const MOST_UNANSWERED = 6
const ASK_EVERY = 5_000

/** Slightly longer than a worker gives its requests; see `infra/ending.ts`. */
const PATIENCE = 3_300

interface Member {
  worker: Worker
  channel: Channel
  isServing: boolean
  ended: PromiseWithResolvers<void>
}

export interface CrewOptions {
  /** How many processes. */
  size: number
  /** What each of them runs. */
  script: string
  /** A handled problem, in one line. */
  onNotice: (line: string) => void
  /** No process can be kept running. */
  onLost: (error: CrewLost) => void
}

/** The worker processes of this server: they share its port, and one that ends is replaced. */
export class Crew implements Hub {
  #members = new Set<Member>()
  #answering = new Map<string, (body: any, from: Channel) => unknown>()
  #replacements = new Replacements()
  #ending = new AbortController()
  #opened = Promise.withResolvers<void>()
  #isOpen = false

  constructor(private options: CrewOptions) {}

  get size() {
    return this.options.size
  }

  get serving() {
    return [...this.#members].filter(({ isServing }) => isServing).length
  }

  get channels() {
    return [...this.#members].map(({ channel }) => channel).filter(({ isOpen }) => isOpen)
  }

  answer(topic: string, answering: (body: any, from: Channel) => unknown) {
    this.#answering.set(topic, answering)
  }

  async ended(worker: Channel) {
    const member = [...this.#members].find(({ channel }) => channel === worker)
    await member?.ended.promise
  }

  /**
   * The first process shows whether the server can start; the others follow.
   *
   * @throws WorkerNotStarted
   */
  async start() {
    cluster.setupPrimary({ exec: this.options.script, args: [], serialization: 'advanced' })
    this.#add()
    await this.#opened.promise
    while (this.#members.size < this.size && !this.#ending.signal.aborted) this.#add()
  }

  /** Lets every process finish its requests, then kills what is left. */
  async stop() {
    this.#ending.abort()
    for (const { worker } of this.#members) worker.process.kill('SIGTERM')
    await Promise.race([this.#gone(), delay(PATIENCE, null, { ref: false })])
    for (const { worker } of this.#members) worker.process.kill('SIGKILL')
    await this.#gone()
  }

  #add() {
    const worker = cluster.fork()
    const channel = channelTo(worker)
    const member = { worker, channel, isServing: false, ended: Promise.withResolvers<void>() }
    this.#members.add(member)
    for (const [topic, answering] of this.#answering) {
      member.channel.on(topic, (body) => answering(body, member.channel))
    }
    returnUntaken(worker, () =>
      [...this.#members].some((each) => each !== member && each.isServing)
    )
    worker.on('error', () => {})
    worker.once('listening', () => this.#serves(member))
    worker.once('exit', (code, signal) => this.#left(member, code, signal))
  }

  #serves(member: Member) {
    member.isServing = true
    this.#replacements.served(member)
    this.#isOpen = true
    this.#opened.resolve()
    this.#watch(member)
  }

  #watch({ worker, channel }: Member) {
    let unanswered = 0
    const timer = setInterval(() => {
      if (!channel.isOpen) return clearInterval(timer)
      if (++unanswered > MOST_UNANSWERED) worker.process.kill('SIGKILL')
      const answered = () => (unanswered = 0)
      channel.ask('alive', null, ASK_EVERY).then(answered, () => {})
    }, ASK_EVERY).unref()
  }

  #left(member: Member, code: number | null, signal: string | null) {
    this.#members.delete(member)
    if (this.#ending.signal.aborted) return
    member.ended.resolve()
    const reason = signal ?? `code ${code}`
    if (!this.#isOpen) return this.#opened.reject(new WorkerNotStarted(reason, code === 1))
    this.options.onNotice(`A server process ended (${reason}) and is replaced`)
    void this.#replace(member)
  }

  async #replace(member: Member) {
    const pause = this.#replacements.pauseAfter(member)
    if (pause === null && this.serving === 0) return this.options.onLost(new CrewLost())
    const { signal } = this.#ending
    await delay(pause ?? Replacements.LONGEST_PAUSE, null, { signal }).catch(() => {})
    if (!signal.aborted) this.#add()
  }

  async #gone() {
    await Promise.all([...this.#members].map(({ worker }) => exitOf(worker)))
  }
}

function channelTo(worker: Worker) {
  return new Channel({
    send: (message) => void worker.send(message, undefined, undefined, () => {}),
    onMessage: (listener) => worker.on('message', listener),
    onClose(listener) {
      worker.once('disconnect', listener)
      worker.once('exit', listener)
    },
  })
}

function exitOf(worker: Worker) {
  if (worker.isDead()) return
  return new Promise<void>((resolve) => worker.once('exit', () => resolve()))
}
