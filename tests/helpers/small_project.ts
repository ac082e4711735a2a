import { spawn, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import app from '@adonisjs/core/services/app'

const FOLDERS =
  '.adonisjs/server app bin commands config connectors database providers public resources start'
const COMPILER = ['compiled', 'embedded_postgres'].map((folder) => `infra/${folder}`)
const NOBODY = 65_534

/** A few files that are compiled as the application is, by the real compiler, in a process of its own. */
export class SmallProject {
  readonly root = mkdtempSync(join(tmpdir(), 'compiled-'))

  constructor() {
    chmodSync(this.root, 0o755)
    for (const folder of FOLDERS.split(' ')) mkdirSync(this.path(folder), { recursive: true })
    for (const path of COMPILER) cpSync(app.makePath(path), this.path(path), { recursive: true })
    for (const name of ['ace.js', 'tsconfig.json', 'package-lock.json']) this.write(name, '{}')
    this.write('package.json', '{ "type": "module" }')
    this.write('adonisrc.ts', 'export default {}')
    this.write('app/price.ts', 'export const price: number = 1')
    this.write('resources/page.edge', '<p>')
    symlinkSync(app.makePath('node_modules'), this.path('node_modules'))
  }

  path(name: string) {
    return join(this.root, name)
  }

  write(name: string, content: string) {
    mkdirSync(dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), content)
  }

  remove(name = '') {
    rmSync(this.path(name), { recursive: true, force: true })
  }

  read(name: string) {
    return readFileSync(this.path(name), 'utf8')
  }

  /** Names of its complete builds. */
  get builds() {
    if (!existsSync(this.path('.build'))) return []
    return readdirSync(this.path('.build')).filter((name) => /^[0-9a-f]{16}$/.test(name))
  }

  get leftovers() {
    return readdirSync(this.path('.build')).filter((name) => /^(draft|discarded)/.test(name))
  }

  /** @param user process that is going to run the build */
  start(user: number | '' = '', options: SpawnOptions = {}) {
    const script = this.path('infra/compiled/main.ts')
    return spawn(process.execPath, [script, String(user)], { stdio: 'pipe', ...options })
  }

  async compile(user: number | '' = '', options: SpawnOptions = {}) {
    const child = this.start(user, options)
    const [folder, said] = await Promise.all([
      text(child.stdout!),
      text(child.stderr!),
      child.exitCode ?? once(child, 'exit'),
    ])
    return { code: child.exitCode, folder: folder.trim(), said }
  }

  /** Compiles as a user who can read it and write nothing. */
  async compileReadOnly() {
    const isRoot = process.getuid!() === 0
    chmodSync(existsSync(this.path('.build')) ? this.path('.build') : this.root, 0o555)
    try {
      return await this.compile('', isRoot ? { uid: NOBODY, gid: NOBODY } : {})
    } finally {
      chmodSync(this.root, 0o755)
      if (existsSync(this.path('.build'))) chmodSync(this.path('.build'), 0o755)
    }
  }
}
