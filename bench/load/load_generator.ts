import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Load, Task } from './process.js'

const SCRIPT = fileURLToPath(new URL('process.ts', import.meta.url))

/** A process that sends requests, on a core of its own where `taskset` exists. */
export class LoadGenerator {
  readonly isPinned = spawnSync('taskset', ['--version']).status === 0
  #process: ChildProcess

  constructor(private usual: Pick<Task, 'connections' | 'seconds'>) {
    const command = [process.execPath, '--import=@poppinss/ts-exec', SCRIPT]
    const [program, ...rest] = this.isPinned ? ['taskset', '-c', '0', ...command] : command
    this.#process = spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  }

  /** @throws Error when a response is not the expected one */
  async run(task: Pick<Task, 'url' | 'headers'> & Partial<Task>): Promise<Load> {
    this.#process.send({ status: 200, contains: '', ...this.usual, ...task })
    const [{ load, error }] = await once(this.#process, 'message')
    if (error) throw new Error(error)
    return load
  }

  stop() {
    this.#process.kill()
  }
}
