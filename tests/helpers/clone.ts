import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'

/** The project as a clone has it, with its packages and without `.env`, in a folder named like one of its programs. */
export function cloneProject() {
  const root = mkdtempSync(join(tmpdir(), 'serve.clone-'))
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const files = execFileSync('git', list, { cwd: app.makePath(), encoding: 'utf8' })
  for (const file of files.split('\0').filter((name) => name && existsSync(app.makePath(name)))) {
    cpSync(app.makePath(file), join(root, file))
  }
  symlinkSync(app.makePath('node_modules'), join(root, 'node_modules'))
  chmodSync(root, 0o755)
  return root
}
