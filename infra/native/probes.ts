import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** The only address the stack listens on. */
export const HOST = '127.0.0.1'

const PAUSE_MS = 100

/** Whether a local port accepts connections. */
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

/** The first bytes of the response to a short request, as text; empty without a response. */
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

/** Whether a URL answers with a success status within `timeout` milliseconds. */
export async function answersOk(url: string, timeout = 5_000) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(timeout) })).ok
  } catch {
    return false
  }
}

/** Resolves to true once `condition` holds, to false after `milliseconds`. */
export async function waitFor(condition: () => Promise<boolean> | boolean, milliseconds: number) {
  const end = performance.now() + milliseconds
  while (!(await condition())) {
    if (performance.now() >= end) return false
    await sleep(PAUSE_MS)
  }
  return true
}
