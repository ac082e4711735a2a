import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

/** The models know the errors and events of the domain, and those the models. */
const UPWARDS = ['models → events', 'models → exceptions']

const root = app.makePath()
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
const listed = [...page.matchAll(/^\| `app\/(\S+)`/gm)].map(([, folder]) => folder)
const rooms = listed.filter((folder) => !folder.includes('/'))

const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** The room of what a file of `app` imports, or null when that is elsewhere. */
function roomOf(specifier: string, file: string) {
  const path = specifier.startsWith('.')
    ? join(dirname(file), specifier)
    : (imports[`${specifier.split('/')[0]}/*`]?.replace('./', '') ?? '')
  return path.startsWith('app/') ? path.split('/')[1] : null
}

function arrows() {
  const found = new Set<string>()
  for (const file of globSync('app/**/*.ts', { cwd: root })) {
    const room = file.split('/')[1]
    const text = readFileSync(join(root, file), 'utf8')
    for (const [, specifier] of text.matchAll(/(?:from |import\()'([^']+)'/g)) {
      const other = roomOf(specifier, file)
      if (other && other !== room) found.add(`${room} → ${other}`)
    }
  }
  return [...found]
}

test.group('The layout in docs/architecture.md', () => {
  test('lists every folder of app, and no other', ({ assert }) => {
    const folders = globSync('app/**/*.ts', { cwd: root }).map((path) => path.split('/')[1])
    assert.sameMembers(rooms, [...new Set(folders)])
    for (const folder of listed) assert.isNotEmpty(globSync(`app/${folder}/*`, { cwd: root }))
  })

  test('has every room above those that it imports from', ({ assert }) => {
    const all = arrows()
    assert.isAbove(all.length, 100)
    const upwards = all.filter((arrow) => {
      const [room, other] = arrow.split(' → ')
      return rooms.indexOf(other) < rooms.indexOf(room)
    })
    assert.sameMembers(upwards, UPWARDS)
  })
})
