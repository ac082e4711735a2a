import { test } from '@japa/runner'
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('../../../infra/bootstrap.cjs', import.meta.url))

/** Stands in for npm: installs the packages of the lock file, and notes how it was called. */
const NPM = `
  const fs = require('fs')
  fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n')
  if (process.env.NPM_FAILS) process.exit(7)
  const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'))
  for (const place of Object.keys(packages)) fs.mkdirSync(place || 'node_modules', { recursive: true })
  fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }))
`

class Project {
  readonly root = mkdtempSync(join(tmpdir(), 'bootstrap '))

  constructor() {
    mkdirSync(this.path('infra'))
    copyFileSync(SCRIPT, this.path('infra/bootstrap.cjs'))
    this.write('npm-cli.js', NPM)
    this.write('.env.example', 'APP_KEY=\nPORT=3000\n')
    this.lock('1.0.0')
  }

  path(name: string) {
    return join(this.root, name)
  }

  write(name: string, text: string) {
    writeFileSync(this.path(name), text)
  }

  read(name: string) {
    return readFileSync(this.path(name), 'utf8')
  }

  lock(version: string) {
    const packages = {
      '': {},
      'node_modules/one': { version },
      'node_modules/other': { version, optional: true, os: ['plan9'] },
      'node_modules/tool': { version, dev: true },
    }
    this.write('package-lock.json', JSON.stringify({ packages }))
  }

  get npmCalls() {
    return existsSync(this.path('calls')) ? this.read('calls').trim().split('\n') : []
  }

  run(options: { env?: NodeJS.ProcessEnv; node?: string[]; parameters?: string[] } = {}) {
    const { node = [], parameters = [] } = options
    const env = { PATH: process.env.PATH, npm_execpath: this.path('npm-cli.js'), ...options.env }
    const command = [...node, this.path('infra/bootstrap.cjs'), ...parameters]
    const result = spawnSync(process.execPath, command, { env, encoding: 'utf8' })
    return { code: result.status, output: result.stdout, error: result.stderr.trim() }
  }

  /** Parameters that make Node say that it is another version. */
  nodeVersion(version: string) {
    const text = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`
    this.write('version.cjs', text)
    return ['--require', this.path('version.cjs')]
  }
}

test.group('Bootstrap', (group) => {
  let project: Project

  group.each.setup(() => {
    project = new Project()
    return () => rmSync(project.root, { recursive: true, force: true })
  })

  test('the packages of the lock file are installed once', ({ assert }) => {
    const first = project.run()
    assert.equal(first.code, 0, first.error)
    assert.match(first.output, /Installing 2 packages/)
    assert.equal(project.run().output, '')
    assert.lengthOf(project.npmCalls, 1)
    assert.match(project.npmCalls[0], /^ci --include=dev --ignore-scripts/)
  })

  test('a changed lock file is installed again', ({ assert }) => {
    project.run()
    project.lock('1.0.1')
    project.run()
    assert.lengthOf(project.npmCalls, 2)
  })

  test('packages that npm has installed already are left alone', ({ assert }) => {
    execFileSync(process.execPath, ['npm-cli.js', 'by-hand'], { cwd: project.root })
    assert.equal(project.run().code, 0)
    assert.deepEqual(project.npmCalls, ['by-hand'])
  })

  test('a package that was removed by hand comes back', ({ assert }) => {
    project.run()
    rmSync(project.path('node_modules'), { recursive: true })
    project.run()
    assert.isTrue(existsSync(project.path('node_modules/one')))
  })

  test('the packages of developers are added to those of the application', ({ assert }) => {
    project.run({ parameters: ['--omit=dev'] })
    rmSync(project.path('node_modules/tool'), { recursive: true })
    project.run({ parameters: ['--omit=dev'] })
    project.run()
    project.run({ parameters: ['--omit=dev'] })
    assert.lengthOf(project.npmCalls, 2)
    assert.match(project.npmCalls[0], /^ci --omit=dev/)
    assert.match(project.npmCalls[1], /^install --no-save --include=dev/)
  })

  test('a failed installation is one line, and is tried again', ({ assert }) => {
    const failed = project.run({ env: { NPM_FAILS: 'yes' } })
    assert.equal(failed.code, 1)
    assert.match(failed.error, /^The packages could not be installed .*$/)
    assert.equal(project.run().code, 0)
    assert.lengthOf(project.npmCalls, 2)
  })

  test('an installation that was killed does not block the next one', ({ assert }) => {
    mkdirSync(project.path('tmp'))
    project.write('tmp/install.lock', '999999999')
    assert.equal(project.run().code, 0)
    assert.isFalse(existsSync(project.path('tmp/install.lock')))
  })

  test('.env gets a random key that only its owner can read', ({ assert }) => {
    project.run()
    const env = project.read('.env')
    assert.match(env, /^APP_KEY=[\w-]{32}\nPORT=3000\n$/)
    assert.equal(statSync(project.path('.env')).mode & 0o777, 0o600)
    project.run()
    assert.equal(project.read('.env'), env)
  })

  test('no .env is written where the environment has the key', ({ assert }) => {
    project.run({ env: { APP_KEY: 'from the environment' } })
    assert.isFalse(existsSync(project.path('.env')))
  })

  test('a Node that is too old is told so in one line', ({ assert }) => {
    const { code, error } = project.run({ node: project.nodeVersion('18.20.0') })
    assert.equal(code, 1)
    assert.match(error, /^Node 18\.20\.0 is too old: install Node 20 or newer .*$/)
    assert.isEmpty(project.npmCalls)
  })

  test('an older Node is told when no newer one is among the packages', ({ assert }) => {
    const { code, error } = project.run({ node: project.nodeVersion('22.1.0') })
    assert.equal(code, 1)
    assert.match(error, /^Node 22\.1\.0 is too old and no Node 24 is packaged for .*$/)
  })

  test('a missing lock file is one line', ({ assert }) => {
    rmSync(project.path('package-lock.json'))
    const { code, error } = project.run()
    assert.equal(code, 1)
    assert.match(error, /^package-lock\.json is missing: .*$/)
  })
})
