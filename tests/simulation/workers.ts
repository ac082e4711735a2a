import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Job, Result } from '#tests/simulation/worker'

const SCRIPT = fileURLToPath(new URL('worker.ts', import.meta.url))

/** A run leaves nothing alive: a larger young generation is collected less often. */
const OPTIONS = ['--import=@poppinss/ts-exec', '--max-semi-space-size=64']

/** Processes that simulate. */
export class Workers {
  #idle: ChildProcess[] = []
  #all: ChildProcess[] = []

  static async start(count: number) {
    const workers = new Workers()
    const environment = { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'fatal' }
    for (let at = 0; at < count; at++) {
      const child = fork(SCRIPT, [], { execArgv: OPTIONS, env: environment })
      workers.#all.push(child)
    }
    await Promise.all(workers.#all.map((child) => answerOf(child)))
    workers.#idle = [...workers.#all]
    return workers
  }

  /** Yields results as they come; ends early when `isEnough`. */
  async *work(jobs: Iterable<Job>, isEnough: (result: Result) => boolean = () => false) {
    const queue = jobs[Symbol.iterator]()
    const running = new Set<Promise<Result>>()
    let isOver = false
    const next = () => {
      const job = isOver ? { done: true as const, value: null } : queue.next()
      const child = job.done ? undefined : this.#idle.pop()
      if (job.done || !child) return false
      child.send(job.value)
      const answer: Promise<Result> = answerOf(child).then((result) => {
        this.#idle.push(child)
        running.delete(answer)
        return result as Result
      })
      running.add(answer)
      return true
    }
    while (this.#idle.length > 0 && next());
    while (running.size > 0) {
      const result = await Promise.race(running)
      isOver ||= isEnough(result)
      yield result
      next()
    }
  }

  stop() {
    for (const child of this.#all) child.disconnect()
  }
}

function answerOf(child: ChildProcess) {
  return new Promise<unknown>((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A worker ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      resolve(message)
    })
  })
}
