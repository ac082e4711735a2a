import { AsyncLocalStorage } from 'node:async_hooks'
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers'
import promises from 'node:timers/promises'

/** Who set a timer, or waits for an answer: it can be paused, and killed. */
export interface Owner {
  /** Resolves when it goes on; null while it runs. */
  stopped: Promise<void> | null
}

interface Timer {
  at: number
  fire(): void
  owner: Owner | null | undefined
}

/** In milliseconds since 1970. */
const EPOCH = 1_800_000_000_000

/** Timers fire at multiples of this: what polls every millisecond would be most of a run. */
const GRID = 50

/** Timers of processes that are as long as `LONG` fire together, or what all do now and then would be much of a run. */
const LONG = 500
const LONG_GRID = 2_000

export const owners = new AsyncLocalStorage<Owner>()

/** Virtual milliseconds; timers fire when `advance` reaches them. */
export class VirtualTime {
  now = 1_000
  #timers: Timer[] = []

  /** @param owner null for what no process waits for */
  set(fire: () => void, ms = 0, owner: Owner | null | undefined = owners.getStore()): Timer {
    const grid = owner && ms >= LONG ? LONG_GRID : GRID
    const at = Math.ceil((this.now + Math.max(0, ms)) / grid) * grid
    const timer = { at, fire, owner }
    let place = this.#timers.length
    while (place > 0 && this.#timers[place - 1].at > timer.at) place--
    this.#timers.splice(place, 0, timer)
    return timer
  }

  clear(timer: unknown) {
    const place = this.#timers.indexOf(timer as Timer)
    if (place >= 0) this.#timers.splice(place, 1)
  }

  /** Goes on to the next timer and fires it. A stopped owner gets it when it goes on. */
  advance() {
    const timer = this.#timers.shift()
    if (!timer) return
    this.now = timer.at
    const { owner, fire } = timer
    if (owner?.stopped) void owner.stopped.then(fire)
    else if (owner) owners.run(owner, fire)
    else fire()
  }
}

let time = new VirtualTime()

/** The time of the run that is under way. */
export function startTime() {
  return (time = new VirtualTime())
}

function delay<T>(ms: number, value?: T, { signal }: { signal?: AbortSignal } = {}) {
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const timer = time.set(() => {
      if (signal) waiting.get(signal)!.delete(abort)
      resolve(value as T)
    }, ms)
    const abort = () => {
      time.clear(timer)
      reject(signal!.reason)
    }
    if (signal) endsWith(signal, abort)
  })
}

/** By signal: what it ends. To add and remove a listener takes longer than most steps. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>()

function endsWith(signal: AbortSignal, abort: () => void) {
  let all = waiting.get(signal)
  if (!all) {
    waiting.set(signal, (all = new Set()))
    signal.addEventListener('abort', () => waiting.get(signal)!.forEach((end) => end()))
  }
  all.add(abort)
}

/** Plays with what drains the microtasks at hand. */
export type Outside = <T>(play: (drain: () => void) => T) => Promise<T>

class Handle {
  constructor(readonly timer: unknown) {}
  ref = () => this
  unref = () => this
}

/** Runs all microtasks that are due, and those that they queue. Without an underscore Node has nothing that does it at once. */
const drain: () => void = (process as any)._tickCallback

/**
 * What every module of this process knows as the time is virtual from now on. Returns what runs `play` outside of all
 * microtasks, which it can then drain: a turn of the event loop for each step is a quarter of a run.
 */
export function replaceTime() {
  const realImmediate = setImmediate
  const outside: Outside = (play) =>
    new Promise((resolve, reject) =>
      realImmediate(() => {
        try {
          resolve(play(drain))
        } catch (error) {
          reject(error)
        }
      })
    )
  const RealDate = Date
  class VirtualDate extends RealDate {
    constructor(...values: any[]) {
      super(...((values.length > 0 ? values : [EPOCH + time.now]) as [number]))
    }

    static now() {
      return EPOCH + time.now
    }
  }
  const set = (fire: (...all: any[]) => void, ms?: number, ...values: any[]) =>
    new Handle(time.set(() => fire(...values), ms))
  const clear = (handle: unknown) => {
    if (handle instanceof Handle) time.clear(handle.timer)
  }
  const replaced = {
    setTimeout: set,
    clearTimeout: clear,
    setImmediate: (fire: (...all: any[]) => void, ...values: any[]) => set(fire, 0, ...values),
    clearImmediate: clear,
  }
  Object.assign(globalThis, replaced, { Date: VirtualDate })
  Object.assign(timers, replaced)
  Object.assign(promises, { setTimeout: delay })
  performance.now = () => time.now
  syncBuiltinESMExports()
  return outside
}
