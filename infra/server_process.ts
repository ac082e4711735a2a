import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import getPort from 'get-port'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Starts a server process, waits until `path` answers, runs `work`, and stops the server.
 *
 * @param script `start.js` for the application as it is run, or an entry point in TypeScript
 * @throws Error when the server exits before it answers
 */
export async function withServer<T>(
  script: string,
  path: string,
  environment: Record<string, string>,
  work: (url: URL) => Promise<T>
): Promise<T> {
  const port = await getPort()
  const loader = script.endsWith('.ts') ? ['--import=@poppinss/ts-exec'] : []
  const server = spawn(process.execPath, [...loader, script], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      ...environment,
    },
  })
  try {
    const url = new URL(`http://127.0.0.1:${port}`)
    await answers(new URL(path, url), server)
    return await work(url)
  } finally {
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
  }
}

async function answers(url: URL, server: ChildProcess) {
  while (server.exitCode === null) {
    const response = await fetch(url).catch(() => null)
    if (response?.ok) return
    await delay(100)
  }
  throw new Error(`The server ended with ${server.exitCode}`)
}
