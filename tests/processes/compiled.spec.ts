import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { appendFileSync, mkdtempSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { signalProcess } from '#infra/embedded_postgres/processes'
import { cloneProject } from '#tests/helpers/clone'
import { eventually } from '#tests/helpers/eventually'
import { NpmCommand } from '#tests/helpers/npm_command'
import { Visitor } from '#tests/helpers/visitor'

const LONG = 120_000
const ENDS_WITHIN = 8_000
const VIEW = 'resources/views/pages/home.edge'

/** Runs what follows where the working directory cannot be written. */
const READ_ONLY = [
  ...['unshare', '--mount', 'sh', '-c'],
  'mount --bind "$PWD" "$PWD" && mount -o remount,bind,ro "$PWD" && cd "$PWD" && exec "$@"',
  'sh',
]
const mayMount = spawnSync('unshare', ['--mount', 'true']).status === 0

/** Replaces all packages by those that the application has where developers' packages are left out. */
function leaveOutDevelopment(root: string) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  unlinkSync(join(root, 'node_modules'))
  for (const [place, { dev, devOptional }] of Object.entries<any>(JSON.parse(lock).packages)) {
    const isTop = place.lastIndexOf('node_modules/') === 0
    if (!isTop || dev || devOptional || !existsSync(app.makePath(place))) continue
    mkdirSync(dirname(join(root, place)), { recursive: true })
    symlinkSync(app.makePath(place), join(root, place))
  }
  const hash = createHash('sha256').update(lock).digest('hex')
  const stamp = `${hash} ${process.platform}-${process.arch} runtime\n`
  writeFileSync(join(root, 'node_modules/.package-lock.sha256'), stamp)
}

test.group('npm start, compiled', (group) => {
  let root: string
  let command: NpmCommand

  group.each.timeout(LONG * 3)
  group.each.setup(() => {
    root = cloneProject()
    return () => {
      command?.kill()
      rmSync(root, { recursive: true, force: true })
    }
  })

  async function start(data = join(root, '.data'), through: string[] = []) {
    command = await NpmCommand.run(['start'], data, root, through)
    await eventually(async () => {
      if (!(await command.isReady())) throw new Error(command.output)
    }, LONG)
    return command
  }

  const names = () => readdirSync(root).sort()
  const builds = () => readdirSync(join(root, '.build')).filter((name) => /^\w{16}$/.test(name))

  test('it finds the orders of before after its sources have changed', async ({ assert }) => {
    const first = await start()
    assert.match(first.output, /Compiling the application[\s\S]+Compiled \d+ files/)
    const visitor = new Visitor(undefined, first.origin)
    await visitor.visit('/login')
    await visitor.submit('#session-form', { username: 'customer', password: 'Pass@1234' })
    const shop = (await visitor.visit('/shops')).$('a[href^="/shops/"]').attr('href')!
    await visitor.visit(shop)
    await visitor.submit('form[action="/cart/items"]')
    await visitor.visit(`${shop}/checkout`)
    const order = await visitor.submit('#checkout-form', { note: 'Ring twice' })
    assert.match(order.path, /^\/orders\/[\w-]+$/)
    assert.deepEqual(await first.stop(ENDS_WITHIN), [])

    appendFileSync(join(root, VIEW), '<p id="another-version"></p>\n')
    const second = await start()
    assert.include(second.output, 'Compiling the application')
    visitor.origin = second.origin
    assert.include((await visitor.visit(order.path)).text, 'Ring twice')
    assert.lengthOf((await visitor.visit('/')).$('#another-version'), 1)
    assert.deepEqual(await second.stop(ENDS_WITHIN), [])
  })

  test('data, settings and logs are at the root, and nothing of it in a build', async ({
    assert,
  }) => {
    await start()
    for (const name of ['.env', '.data/postgres', '.data/logs']) {
      assert.isTrue(existsSync(join(root, name)), name)
    }
    const [build] = builds()
    const built = readdirSync(join(root, '.build', build))
    for (const name of ['.env', '.data', 'tmp', 'tests']) assert.notInclude(built, name)
  })

  test('a prebuilt project runs on a read-only root, with its data elsewhere', async ({
    assert,
    cleanup,
  }) => {
    const data = mkdtempSync(join(tmpdir(), 'data-'))
    cleanup(() => rmSync(data, { recursive: true, force: true }))
    const build = spawnSync('npm', ['run', 'build'], { cwd: root, encoding: 'utf8' })
    assert.equal(build.status, 0, build.stderr)
    writeFileSync(join(root, '.env'), `NODE_ENV=production\nAPP_KEY=${'k'.repeat(32)}\n`)
    const before = names()
    await start(data, READ_ONLY)
    assert.notInclude(command.output, 'Compiling')
    const page = await fetch(`${command.origin}/shops`)
    assert.equal(page.status, 200)
    assert.deepEqual(names(), before)
    assert.isEmpty(await command.stop(ENDS_WITHIN))
  }).skip(!mayMount, 'it needs to mount')

  test('the server has no TypeScript loader and no compiler in it', async ({ assert }) => {
    const maps = readFileSync(`/proc/${(await start()).nodePid}/maps`, 'utf8')
    assert.notInclude(maps, 'swc')
    assert.include(maps, 'libc')
  }).skip(process.platform !== 'linux', 'it reads /proc')

  test('a source that cannot be compiled ends the start, and the last build stays', async ({
    assert,
  }) => {
    const build = () => spawnSync('npm', ['run', '--silent', 'build'], { cwd: root })
    assert.equal(build().status, 0)
    const before = builds()
    const file = join(root, 'start/kernel.ts')
    const good = readFileSync(file, 'utf8')
    writeFileSync(file, `${good}\nconst broken: = 1\n`)
    command = await NpmCommand.run(['start'], join(root, '.data'), root)
    assert.deepEqual(await command.leftAfter(LONG), [])
    assert.match(command.output, /start\/kernel\.ts:\d+/)
    assert.include(command.output, 'earlier builds are as they were')
    assert.deepEqual(builds(), before)

    writeFileSync(file, good)
    assert.notInclude((await start()).output, 'Compiling')
  })

  for (const [signal, receiver] of [
    ['SIGTERM', 'npm'],
    ['SIGINT', 'npm'],
    ['SIGHUP', 'npm'],
    ['SIGTERM', 'node'],
  ] as const) {
    test(`it leaves nothing after ${signal} to ${receiver} while it compiles`, async ({
      assert,
    }) => {
      command = await NpmCommand.run(['start'], join(root, '.data'), root)
      await eventually(() => assert.include(command.output, 'Compiling'), LONG)
      signalProcess(receiver === 'npm' ? command.npmPid : command.nodePid, signal)
      assert.deepEqual(await command.leftAfter(ENDS_WITHIN), [], command.output)
    }).skip(process.platform !== 'linux', 'it reads /proc')
  }

  test('it needs no packages of developers', async ({ assert }) => {
    leaveOutDevelopment(root)
    assert.isFalse(existsSync(join(root, 'node_modules/typescript')))
    const { output } = await start()
    assert.include(output, 'Compiled')
    assert.notInclude(output, 'Installing')
  })
})
