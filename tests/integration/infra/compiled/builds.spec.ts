import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { eventually } from '#tests/helpers/eventually'
import { SmallProject } from '#tests/helpers/small_project'

test.group('The compiled application', (group) => {
  let project: SmallProject

  group.each.setup(() => {
    project = new SmallProject()
    return () => project.remove()
  })

  const imported = async (folder: string) => (await import(join(folder, 'app/price.js'))).price

  test('it is compiled once, with every file that is read while it runs', async ({ assert }) => {
    const first = await project.compile()
    assert.equal(first.code, 0, first.said)
    assert.match(first.said, /^› Compiling the application.*\n› Compiled \d+ files in [\d.]+ s\n$/)
    assert.equal(await imported(first.folder), 1)
    assert.isTrue(existsSync(join(first.folder, 'resources/page.edge')))
    assert.deepEqual(await project.compile(), { ...first, said: '' })
  })

  test('it is compiled again when anything that it depends on has changed', async ({ assert }) => {
    const folders = new Set([(await project.compile()).folder])
    const changes = [
      ['app/price.ts', 'export const price: number = 2'],
      ['app/new.ts', ''],
      ['resources/page.edge', '<p>another'],
      ['package-lock.json', '{ "lockfileVersion": 3 }'],
      ['tsconfig.json', '{ "compilerOptions": {} }'],
    ]
    for (const [name, content] of changes) {
      project.write(name, content)
      const { folder, said } = await project.compile()
      assert.include(said, 'Compiled', name)
      folders.add(folder)
    }
    project.remove('app/new.ts')
    folders.add((await project.compile()).folder)
    assert.lengthOf([...folders], changes.length + 2)
  })

  test('nothing is compiled for a test, a document or a draft of an editor', async ({ assert }) => {
    await project.compile()
    project.write('tests/price.spec.ts', '')
    project.write('app/README.md', '')
    project.write('app/.price.ts.swp', '')
    assert.equal((await project.compile()).said, '')
  })

  test('a failed build names the place and leaves the last good one', async ({ assert }) => {
    const good = await project.compile()
    project.write('app/price.ts', 'export const price: number =')
    const failed = await project.compile()
    assert.equal(failed.code, 1)
    assert.match(failed.said, /app\/price\.ts:1:/)
    assert.match(failed.said, /was not compiled; earlier builds are as they were/)
    assert.equal(failed.folder, '')
    assert.isEmpty(project.leftovers)

    project.write('app/price.ts', 'export const price: number = 1')
    assert.deepEqual(await project.compile(), { ...good, said: '' })
    assert.equal(await imported(good.folder), 1)
  })

  test('a build that was killed half-way is never run, and blocks nobody', async ({ assert }) => {
    for (let count = 0; count < 2000; count++) project.write(`app/part_${count}.ts`, 'export {}')
    const killed = project.start()
    await eventually(() => {
      if (!existsSync(project.path('.build/draft/app'))) throw new Error('It has not begun')
    })
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    assert.deepEqual(project.leftovers, ['draft'])
    assert.isEmpty(project.builds)

    const { folder, said } = await project.compile()
    assert.include(said, 'Compiled')
    assert.isTrue(existsSync(join(folder, 'app/part_1999.js')))
    assert.isEmpty(project.leftovers)
  })

  test('of several starts at once a single one compiles', async ({ assert }) => {
    const results = await Promise.all([1, 2, 3, 4].map(() => project.compile()))
    assert.lengthOf([...new Set(results.map(({ folder }) => folder))], 1)
    assert.lengthOf(
      results.filter(({ said }) => said.includes('Compiled')),
      1
    )
    assert.deepEqual([...new Set(results.map(({ code }) => code))], [0])
    assert.lengthOf(project.builds, 1)
  })

  test('a prebuilt project runs for a user who can write nothing in it', async ({ assert }) => {
    const { folder } = await project.compile()
    assert.deepEqual(await project.compileReadOnly(), { code: 0, folder, said: '' })
    assert.equal(statSync(join(folder, 'app/price.js')).mode & 0o004, 0o004)
  })

  test('that user is told when the sources are newer than the build', async ({ assert }) => {
    await project.compile()
    project.write('app/price.ts', 'export const price: number = 2')
    const { code, said } = await project.compileReadOnly()
    assert.equal(code, 1)
    assert.match(said, /\.build has no build of these sources and cannot be written/)
    assert.lengthOf(project.builds, 1)
  })

  test('old builds go, but the last one stays, and each that a server runs', async ({ assert }) => {
    const server = spawn('sleep', ['600'])
    const buildOf = async (price: number, user?: number) => {
      project.write('app/price.ts', `export const price: number = ${price}`)
      return (await project.compile(user)).folder.split('/').at(-1)!
    }
    const [first, second, third] = [
      await buildOf(1, server.pid),
      await buildOf(2),
      await buildOf(3),
    ]
    assert.sameMembers(project.builds, [first, second, third])
    const fourth = await buildOf(4)
    assert.sameMembers(project.builds, [first, third, fourth])

    server.kill()
    await once(server, 'exit')
    const fifth = await buildOf(5)
    assert.sameMembers(project.builds, [fourth, fifth])
  })

  test('a file with the name of the draft is no obstacle', async ({ assert }) => {
    mkdirSync(project.path('.build/draft/app/price.js'), { recursive: true })
    assert.equal((await project.compile()).code, 0)
  })
})
