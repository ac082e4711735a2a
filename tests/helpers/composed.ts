import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { ComposedStack } from '#infra/containers/composed_stack'
import { readComposition } from '#infra/containers/compose_file'

const FILES = ['docker-compose.yml', 'infra/containers/stand_ins.yml']

/** What infra/docker/secrets.sh writes, with other random values. */
function secrets() {
  const script = readFileSync(app.makePath('infra/docker/secrets.sh'), 'utf8')
  const names = /for name in ([\s\S]+?); do/
    .exec(script)![1]
    .replaceAll('\\', '')
    .trim()
    .split(/\s+/)
  return Object.fromEntries(names.map((name) => [name, randomBytes(24).toString('hex')]))
}

/** docker-compose.yml in containers, apart from any other stack on this machine. */
export function composedStack(project: string) {
  const variables = { ...secrets(), DEMO: 'true' }
  return new ComposedStack(readComposition(FILES, variables), project)
}
