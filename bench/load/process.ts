import { gunzipSync } from 'node:zlib'
import { quantile } from '#bench/latency'
import { Connection, requestOf, type Answer } from './connection.js'

export interface Task {
  url: string
  headers: Record<string, string>
  connections: number
  seconds: number
  status: number
  /** Part of every body. */
  contains: string
}

export interface Load {
  perSecond: number
  requests: number
  /** Milliseconds. */
  p50: number
  p99: number
  /** Of a body as sent. */
  bytes: number
  /** Share of the processor core that the load generator used. */
  core: number
}

process.on('message', (task: Task) => {
  run(task).then(
    (load) => process.send!({ load }),
    (error) => process.send!({ error: `${task.url}: ${error.message}` })
  )
})

async function run({ url, headers, connections, seconds, status, contains }: Task): Promise<Load> {
  const address = new URL(url)
  const request = requestOf(address, headers)
  const open = await Promise.all(
    Array.from({ length: connections }, () => Connection.open(address))
  )
  await open[0].ask(request)
  const first = await open[0].ask(request)
  const size = checked(first, status, contains)
  const times: number[] = []
  const used = process.cpuUsage()
  const started = performance.now()
  const end = started + seconds * 1_000
  const use = async (connection: Connection) => {
    for (let before = started; before < end;) {
      before = performance.now()
      const answer = await connection.ask(request)
      times.push(performance.now() - before)
      if (answer.status !== status) throw new Error(`answered ${answer.status}`)
      if (Math.abs(sizeOf(answer) - size) > size / 10) throw new Error('a body was not complete')
    }
  }
  await Promise.all(open.map(use))
  const elapsed = performance.now() - started
  const { user, system } = process.cpuUsage(used)
  for (const connection of open) connection.close()
  times.sort((one, other) => one - other)
  return {
    perSecond: Math.round((times.length * 1_000) / elapsed),
    requests: times.length,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    bytes: first.body.length,
    core: (user + system) / 1_000 / elapsed,
  }
}

/** Size of the uncompressed body. @throws when it is not the expected one */
function checked(answer: Answer, status: number, contains: string) {
  if (answer.status !== status) throw new Error(`answered ${answer.status}`)
  const body = isGzip(answer) ? gunzipSync(answer.body) : answer.body
  if (!body.includes(contains)) throw new Error(`has no ${contains}`)
  return body.length
}

/** Gzip ends with the size of what was compressed. */
function sizeOf(answer: Answer) {
  const { body } = answer
  return isGzip(answer) ? body.readUInt32LE(body.length - 4) : body.length
}

function isGzip({ head }: Answer) {
  return /\r\ncontent-encoding: *gzip/i.test(head)
}
