import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { markerOf } from '#infra/embedded_postgres/postmaster'
import { listProcesses, signalProcess, waitUntil } from '#infra/embedded_postgres/processes'
import { eventually } from '#tests/helpers/eventually'
import { NpmCommand } from '#tests/helpers/npm_command'

const LONG = 120_000
/** Time allowed to stop everything, in milliseconds. */
const ALLOWED = 20_000
const COLUMNS = 80

/** `name   60.0 s   409 of 475   never   0 of 475` */
const ROW =
  /^(.+?) {2,}(never|< 0\.1 s|[\d.]+ s) +([\d,]+) of ([\d,]+) +(never|< 0\.1 s|[\d.]+ s) +([\d,]+) of ([\d,]+)$/

/** `npm run demo:race`, with everything temporary in a directory of the test. */
class Demo {
  private constructor(
    readonly command: NpmCommand,
    readonly directory: string
  ) {}

  static async run(...options: string[]) {
    const directory = mkdtempSync(join(tmpdir(), 'kirana-race-test-'))
    const { TMPDIR } = process.env
    process.env.TMPDIR = directory
    try {
      const words = ['run', 'demo:race', '--', ...options]
      return new Demo(await NpmCommand.run(words, directory), directory)
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = TMPDIR
    }
  }

  get output() {
    return this.command.output
  }

  async says(text: string) {
    await eventually(() => {
      if (!this.output.includes(text)) throw new Error(this.output)
    }, LONG)
  }

  /** Marks in the titles of its PostgreSQL processes; only while it runs. */
  markers() {
    const [data] = readdirSync(this.directory).filter((name) => name.startsWith('kirana-race-'))
    return ['primary', 'standby'].map((name) =>
      markerOf(join(this.directory, data, 'postgres', name))
    )
  }

  /** Files and processes that are still there after the time allowed. */
  async left(markers: string[]) {
    const left = () => [
      ...readdirSync(this.directory).filter((name) => name.startsWith('kirana-race-')),
      ...this.command.processes().map(({ command }) => command),
      ...commandsWith(markers),
    ]
    await waitUntil(() => left().length === 0, ALLOWED)
    return left()
  }

  remove() {
    this.command.kill()
    rmSync(this.directory, { recursive: true, force: true })
  }
}

function commandsWith(markers: string[]) {
  const all = listProcesses().map(({ command }) => command)
  return all.filter((command) => markers.some((marker) => command.includes(marker)))
}

const count = (text: string) => Number(text.replaceAll(',', ''))

test.group('npm run demo:race', (group) => {
  group.each.timeout(2 * LONG)
  group.each.skip(process.platform !== 'linux', 'it reads /proc')

  test('catches the usual cache in every scenario, and this one in none', async ({
    assert,
    cleanup,
  }) => {
    const demo = await Demo.run('--ttl=5')
    cleanup(() => demo.remove())
    await demo.says('a replica that lags')
    const markers = demo.markers()
    assert.equal(await demo.command.ended(), 0, demo.output)

    const table = demo.output.split('\n').flatMap((line) => {
      const cells = ROW.exec(line)
      return cells ? [cells.slice(1)] : []
    })
    assert.deepEqual(
      table.map(([title]) => title),
      [
        'a replica that lags',
        'a slow reader',
        'an event that comes twice',
        'replay stopped in a commit',
      ],
      demo.output
    )
    for (const [title, usualTime, usualWrong, , time, wrong, answers] of table) {
      assert.isAbove(count(usualWrong), 0, title)
      assert.notEqual(usualTime, 'never', title)
      assert.equal(count(wrong), 0, demo.output)
      assert.equal(time, 'never', title)
      assert.isAbove(count(answers), 0, title)
    }
    const tooWide = demo.output.split('\n').filter((line) => [...line].length > COLUMNS)
    assert.deepEqual(tooWide, [])
    assert.deepEqual(await demo.left(markers), [], demo.output)
  })

  test('leaves nothing when it is interrupted, even with a stopped process', async ({
    assert,
    cleanup,
  }) => {
    const demo = await Demo.run('--scenario=stopped-replay')
    cleanup(() => demo.remove())
    await demo.says('is stopped before it reports that')
    const markers = demo.markers()
    assert.isNotEmpty(commandsWith(markers))
    signalProcess(demo.command.npmPid, 'SIGINT')
    assert.deepEqual(await demo.left(markers), [], demo.output)
  })

  test('says what it takes when an option is wrong', async ({ assert, cleanup }) => {
    const demo = await Demo.run('--scenario=none')
    cleanup(() => demo.remove())
    assert.equal(await demo.command.ended(), 2)
    assert.include(demo.output, 'lag, slow-reader, duplicate, stopped-replay')
  })
})
