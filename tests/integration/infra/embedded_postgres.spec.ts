import { test } from '@japa/runner'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { EmbeddedCluster } from '#infra/embedded_postgres/cluster'
import { markerOf } from '#infra/embedded_postgres/postmaster'
import { listProcesses } from '#infra/embedded_postgres/processes'
import { eventually } from '#tests/helpers/eventually'

const OWNER = fileURLToPath(new URL('./cluster_owner.ts', import.meta.url))

/** A path that has to be quoted wherever it is written. */
const root = mkdtempSync(join(tmpdir(), `kirana "it's" $HOME `))
const directory = join(root, 'data')
const notices: string[] = []
/** A busy machine takes its time to recover. */
const PATIENCE_MS = 20_000

let cluster: EmbeddedCluster
const kept = new Set<number>()

async function start() {
  cluster = await EmbeddedCluster.start({ directory, onNotice: (line) => notices.push(line) })
}

async function query(connectionString: string, sql: string, values?: unknown[]) {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}

async function insert(url: string, number: number) {
  await query(url, 'insert into kept values ($1) on conflict do nothing', [number])
  kept.add(number)
}

/** Adds a row, and waits until primary and standby have all rows that there ever were. */
async function assertNothingIsLost() {
  await eventually(() => insert(cluster.primaryUrl, kept.size + 1), PATIENCE_MS)
  for (const url of [cluster.primaryUrl, cluster.standbyUrl]) {
    await eventually(async () => {
      const rows = await query(url, 'select number from kept')
      const there = new Set(rows.map(({ number }) => number))
      const lost = [...kept].filter((number) => !there.has(number))
      if (lost.length > 0) throw new Error(`Rows ${lost} are not there`)
    }, PATIENCE_MS)
  }
  const [{ standby }] = await query(cluster.standbyUrl, 'select pg_is_in_recovery() as standby')
  if (!standby) throw new Error('the standby is no standby')
}

/** Every process of both servers. */
function processes() {
  const markers = ['primary', 'standby'].map((name) => markerOf(join(directory, name)))
  return listProcesses().filter(({ command }) => markers.some((marker) => command.includes(marker)))
}

/** Starts a process that owns the cluster, up to the first line with one of `keys`. */
async function startOwner(...keys: string[]): Promise<{ owner: ChildProcess; line: any }> {
  const owner = spawn(process.execPath, ['--import=@poppinss/ts-exec', OWNER, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const text of createInterface({ input: owner.stdout! })) {
    const line = JSON.parse(text)
    if (keys.some((key) => key in line)) return { owner, line }
  }
  throw new Error('The owner ended')
}

async function kill(owner: ChildProcess, signal: NodeJS.Signals) {
  const end = once(owner, 'exit')
  owner.kill(signal)
  return end
}

test.group('Embedded PostgreSQL | running', (group) => {
  group.setup(async () => {
    await start()
    await query(cluster.primaryUrl, 'create table kept (number int primary key)')
  })
  group.teardown(() => cluster.stop())

  test('what is written on the primary is read on the standby', async () => {
    await assertNothingIsLost()
  })

  test('the standby can only be read', async ({ assert }) => {
    await assert.rejects(
      () => query(cluster.standbyUrl, 'insert into kept values (0)'),
      /read-only transaction/
    )
  })

  test('a slot keeps the log for the standby, and others can be made', async ({ assert }) => {
    const sql = 'select slot_name, active, wal_status from pg_replication_slots'
    assert.deepEqual(await query(cluster.primaryUrl, sql), [
      { slot_name: 'embedded_standby', active: true, wal_status: 'reserved' },
    ])
    const make = `select pg_create_logical_replication_slot('feed', 'pgoutput')`
    await query(cluster.primaryUrl, make)
  })

  test('the application owns its database and is no superuser', async ({ assert }) => {
    const [role] = await query(
      cluster.primaryUrl,
      'select rolsuper, rolreplication, rolcreatedb from pg_roles where rolname = current_user'
    )
    assert.deepEqual(role, { rolsuper: false, rolreplication: true, rolcreatedb: true })
    await query(cluster.primaryUrl, 'create publication feed for table kept')
  })

  test('the application may hold back the standby', async ({ assert }) => {
    await query(cluster.standbyUrl, 'select pg_wal_replay_pause()')
    await query(cluster.primaryUrl, 'insert into kept values (-1)')
    const held = 'select count(*)::int from kept where number = -1'
    assert.deepEqual(await query(cluster.standbyUrl, held), [{ count: 0 }])
    await query(cluster.primaryUrl, 'delete from kept where number = -1')
    await query(cluster.standbyUrl, 'select pg_wal_replay_resume()')
    await assertNothingIsLost()
  })

  test('trigrams know the letters of Hindi', async ({ assert }) => {
    await query(cluster.primaryUrl, 'create extension if not exists pg_trgm')
    const sql = `select similarity('आटा', 'आटा 5 किलो') as similarity`
    const [{ similarity }] = await query(cluster.primaryUrl, sql)
    assert.isAbove(similarity, 0)
  })

  test('without the password nobody gets in', async ({ assert }) => {
    const url = new URL(cluster.primaryUrl)
    url.password = 'wrong'
    await assert.rejects(() => query(String(url), 'select 1'), /password authentication failed/)
    assert.equal(statSync(join(directory, 'cluster.json')).mode & 0o077, 0)
  })

  test('other processes find it and cannot start it again', async ({ assert }) => {
    const { primaryUrl, standbyUrl } = cluster
    assert.deepEqual(await EmbeddedCluster.find(directory), {
      primaryUrl,
      standbyUrl,
      ownerPid: process.pid,
    })
    await assert.rejects(() => EmbeddedCluster.start({ directory }), /is in use by process/)
  })

  test('a primary that is killed comes back with all its data', async ({ assert }) => {
    process.kill(cluster.primaryPid!, 'SIGKILL')
    await assertNothingIsLost()
    assert.isTrue(notices.some((notice) => /primary.* SIGKILL/.test(notice)))
  })

  test('a session that does not notice the end of its primary is ended', async ({ assert }) => {
    const sql = 'select count(*) from generate_series(1, 100000000000) as many'
    const busy = assert.rejects(() => query(cluster.primaryUrl, sql))
    await eventually(() => assert.isTrue(processes().some((entry) => /SELECT/.test(entry.command))))
    process.kill(cluster.primaryPid!, 'SIGKILL')
    await busy
    await assertNothingIsLost()
  })

  test('a standby that is killed comes back and catches up', async ({ assert }) => {
    process.kill(cluster.standbyPid!, 'SIGKILL')
    await assertNothingIsLost()
    assert.isTrue(notices.some((notice) => /standby.* SIGKILL/.test(notice)))
  })

  test('a session that is killed takes no data with it', async ({ assert }) => {
    const session = query(cluster.primaryUrl, 'select pg_sleep(60)')
    const sleeping = /SELECT/
    await eventually(() => assert.isTrue(processes().some(({ command }) => sleeping.test(command))))
    process.kill(processes().find(({ command }) => sleeping.test(command))!.pid, 'SIGKILL')
    await assert.rejects(() => session)
    await assertNothingIsLost()
  })

  test('a standby that was down replays what it has missed', async ({ assert }) => {
    await cluster.stopStandby()
    await assert.rejects(() => query(cluster.standbyUrl, 'select 1'), /ECONNREFUSED/)
    await insert(cluster.primaryUrl, kept.size + 1)
    await cluster.startStandby()
    await assertNothingIsLost()
  })

  test('the primary can be restarted and keeps its address', async ({ assert }) => {
    const { primaryUrl } = cluster
    await cluster.restartPrimary()
    assert.equal(cluster.primaryUrl, primaryUrl)
    await assertNothingIsLost()
  })
})

test.group('Embedded PostgreSQL | from one start to the next', (group) => {
  group.each.teardown(() => cluster.stop())

  test('stopping leaves no process, and the next start finds data and addresses', async ({
    assert,
  }) => {
    await start()
    const { primaryUrl, standbyUrl } = cluster
    const startedAt = performance.now()
    await Promise.all([cluster.stop(), cluster.stop()])
    assert.isBelow(performance.now() - startedAt, 4_000)
    assert.isEmpty(processes())
    assert.isNull(await EmbeddedCluster.find(directory))

    await start()
    assert.deepEqual([cluster.primaryUrl, cluster.standbyUrl], [primaryUrl, standbyUrl])
    await assertNothingIsLost()
  })

  test('a client that never confirms what it got cannot hold up the stop', async ({ assert }) => {
    await start()
    const config = { connectionString: cluster.primaryUrl, replication: 'database' }
    const client = new pg.Client(config as pg.ClientConfig)
    client.on('error', () => {})
    await client.connect()
    const options = `(proto_version '1', publication_names 'feed')`
    const stream = client.query(`START_REPLICATION SLOT feed LOGICAL 0/0 ${options}`)
    const ended = assert.rejects(() => stream, /terminated/)
    await insert(cluster.primaryUrl, kept.size + 1)

    const startedAt = performance.now()
    await Promise.all([ended, cluster.stop()])
    assert.isBelow(performance.now() - startedAt, 4_000)
    await start()
    await assertNothingIsLost()
  })

  test('a port that somebody else has taken is replaced', async ({ assert }) => {
    const { primaryPort } = JSON.parse(readFileSync(join(directory, 'cluster.json'), 'utf8'))
    const other = createServer().listen(primaryPort, '127.0.0.1')
    await once(other, 'listening')
    await start()
    other.close()
    assert.notEqual(new URL(cluster.primaryUrl).port, String(primaryPort))
    await assertNothingIsLost()
  })

  test('a damaged standby is rebuilt', async ({ assert }) => {
    rmSync(join(directory, 'standby/global/pg_control'))
    await start()
    assert.isTrue(notices.some((notice) => /standby.* is rebuilt/.test(notice)))
    await assertNothingIsLost()
  })

  test('a standby that belongs to another primary is rebuilt', async ({ assert }) => {
    writeFileSync(join(directory, 'standby/pair.mark'), 'of another primary')
    await start()
    assert.isTrue(notices.some((notice) => /standby.* is rebuilt/.test(notice)))
    await assertNothingIsLost()
  })

  test('lost passwords are replaced, the data stays', async () => {
    rmSync(join(directory, 'cluster.json'))
    await start()
    await assertNothingIsLost()
  })

  test('a stale server file that names another process is no obstacle', async () => {
    const stale = [process.ppid, join(directory, 'primary'), 1700000000, 5432, '', '127.0.0.1']
    writeFileSync(join(directory, 'primary/postmaster.pid'), `${stale.join('\n')}\n`)
    await start()
    await assertNothingIsLost()
  })

  test('a start that is called off leaves no process', async ({ assert }) => {
    const controller = new AbortController()
    const options = { directory, signal: controller.signal, onProgress: () => controller.abort() }
    await assert.rejects(() => EmbeddedCluster.start(options), /cancelled|stopped/)
    assert.isEmpty(processes())
    await start()
    await assertNothingIsLost()
  })

  test('a setting that PostgreSQL refuses is one clear error', async ({ assert }) => {
    const file = join(directory, 'primary/postgresql.conf')
    const settings = readFileSync(file, 'utf8')
    writeFileSync(file, `${settings}\nwal_level = sideways\n`)
    const error = await start().catch((reason) => reason)
    writeFileSync(file, settings)
    assert.equal(error.code, 'E_POSTGRES_START_FAILED')
    assert.match(error.message, /^PostgreSQL \(primary\) did not start: .*primary\.log$/)
    assert.isEmpty(processes())
  })
})

test.group('Embedded PostgreSQL | owners', (group) => {
  group.teardown(() => rmSync(root, { recursive: true, force: true }))

  test('after an owner was killed the next one has all its data', async ({ assert }) => {
    const { owner, line } = await startOwner('primaryUrl')
    await insert(line.primaryUrl, kept.size + 1)
    await kill(owner, 'SIGKILL')
    assert.isNotEmpty(processes())

    await start()
    assert.equal(cluster.primaryUrl, line.primaryUrl)
    await assertNothingIsLost()
    await cluster.stop()
    assert.isEmpty(processes())
  })

  test('Ctrl-C ends owner and servers, also in the middle of a start', async ({ assert }) => {
    for (const key of ['progress', 'primaryUrl']) {
      const { owner } = await startOwner(key)
      const [, signal] = await kill(owner, 'SIGINT')
      assert.equal(signal, 'SIGINT')
      assert.isEmpty(processes())
    }
  })

  test('of several processes that start at once one becomes the owner', async ({ assert }) => {
    const all = await Promise.all([1, 2, 3].map(() => startOwner('primaryUrl', 'code')))
    const [winner, ...others] = all.sort((one) => ('primaryUrl' in one.line ? -1 : 1))
    assert.properties(winner.line, ['primaryUrl'])
    for (const { line } of others) assert.equal(line.code, 'E_DATA_DIRECTORY_IN_USE')
    const found = await EmbeddedCluster.find(directory)
    assert.equal(found?.ownerPid, winner.owner.pid)
    await kill(winner.owner, 'SIGTERM')
    assert.isEmpty(processes())
  })
})
