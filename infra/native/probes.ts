import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Every part of the stack listens here and nowhere else. */
export const HOST = '127.0.0.1'

const PAUSE_MS = 100

/** True when somebody accepts connections on a port of this machine. */
export function isListening(port: number) {
  return new Promise<boolean>((resolve) => {
    const socket = connect({ host: HOST, port, timeout: 1_000 })
    const answer = (listening: boolean) => {
      socket.destroy()
      resolve(listening)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
    socket.once('timeout', () => answer(false))
  })
}

/** The first bytes of the answer to a short request, as a text; an empty one when there is none. */
export function ask(port: number, request: string | Buffer) {
  return new Promise<string>((resolve) => {
    const socket = connect({ host: HOST, port, timeout: 1_000 })
    const answer = (text: string) => {
      socket.destroy()
      resolve(text)
    }
    socket.once('connect', () => socket.write(request))
    socket.once('data', (data) => answer(data.toString('latin1')))
    socket.once('error', () => answer(''))
    socket.once('timeout', () => answer(''))
  })
}

/** True when a URL answers with a status of success within `timeout` milliseconds. */
export async function answersOk(url: string, timeout = 5_000) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(timeout) })).ok
  } catch {
    return false
  }
}

/** Resolves to true as soon as `condition` holds, to false after `milliseconds`. */
export async function waitFor(condition: () => Promise<boolean> | boolean, milliseconds: number) {
  const end = performance.now() + milliseconds
  while (!(await condition())) {
    if (performance.now() >= end) return false
    await sleep(PAUSE_MS)
  }
  return true
}
