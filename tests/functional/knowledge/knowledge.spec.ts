import pg from 'pg'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import env from '#start/env'
import type { KnownRows } from '#knowledge/known_rows'
import User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser } from '#tests/helpers/factories'
import { aCommand, anotherProcess, leaves, stoppedProcess } from '#tests/helpers/knowledge'

type Process = Awaited<ReturnType<typeof anotherProcess>>

const rename = (user: User, name: string) =>
  db.from('users').where('id', user.id).update({ full_name: name })

test.group('What a process knows of a row', (group) => {
  let here: Process
  let there: Process
  let users: KnownRows<User>
  let reads: number
  let user: User

  group.each.setup(async () => {
    await emptyDatabase()
    user = await createUser({ fullName: 'Asha Verma' })
    ;[here, there] = [await anotherProcess(), await anotherProcess()]
    reads = 0
    const read = async (id: string) => {
      reads++
      return User.find(id)
    }
    users = there.knowledge.of<User>({ table: 'users', read })
    return async () => {
      await here.stop()
      await there.stop()
    }
  })

  test('is read once, and is the same object for all', async ({ assert }) => {
    const first = await users.find(user.id)
    assert.strictEqual(await users.find(user.id), first)
    assert.strictEqual(users.known(user.id), first)
    assert.equal(reads, 1)
  })

  test('is as new as every change that another process has settled', async ({ assert }) => {
    for (let n = 0; n < 50; n++) {
      await users.find(user.id)
      await rename(user, `Asha ${n}`)
      await here.knowledge.settle()
      assert.equal((await users.find(user.id))!.fullName, `Asha ${n}`)
    }
  })

  test('is as new as what a command has settled, which does not listen', async ({ assert }) => {
    await users.find(user.id)
    await rename(user, 'Asha Joshi')
    await aCommand().settle()
    assert.equal((await users.find(user.id))!.fullName, 'Asha Joshi')
  })

  test('includes that there is none, until there is', async ({ assert }) => {
    const next = await createUser()
    const values = (await db.from('users').where('id', next.id).first())!
    await db.from('users').where('id', next.id).delete()
    await here.knowledge.settle()
    assert.isNull(await users.find(next.id))
    assert.isNull(users.known(next.id))
    await db.table('users').insert(values)
    await here.knowledge.settle()
    assert.equal((await users.find(next.id))!.id, next.id)
  })

  test('is dropped when the table is emptied', async ({ assert }) => {
    await users.find(user.id)
    await emptyDatabase()
    await here.knowledge.settle()
    assert.isNull(await users.find(user.id))
  })

  test('is not what a reading brings that began before the change', async ({ assert }) => {
    const { promise: isRead, resolve: goOn } = Promise.withResolvers<void>()
    const slow = there.knowledge.of<User>({
      table: 'users',
      async read(id) {
        const found = await User.find(id)
        await isRead
        return found
      },
    })
    const late = slow.find(user.id)
    await rename(user, 'Asha Joshi')
    await here.knowledge.settle()
    const next = slow.find(user.id)
    goOn()
    assert.oneOf((await late)!.fullName, ['Asha Verma', 'Asha Joshi'])
    assert.equal((await next)!.fullName, 'Asha Joshi')
    assert.equal((await slow.find(user.id))!.fullName, 'Asha Joshi')
  })

  test('is asked for every time while the process does not listen', async ({ assert }) => {
    await users.find(user.id)
    await there.stop()
    await rename(user, 'Asha Joshi')
    await here.knowledge.settle()
    assert.isUndefined(users.known(user.id))
    assert.equal((await users.find(user.id))!.fullName, 'Asha Joshi')
    assert.equal((await users.find(user.id))!.fullName, 'Asha Joshi')
    assert.equal(reads, 3)
  })

  test('is not kept over a connection that was lost', async ({ assert }) => {
    await users.find(user.id)
    await db.rawQuery(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'kirana-announcements'`
    )
    await rename(user, 'Asha Joshi')
    await aCommand().settle()
    assert.equal((await users.find(user.id))!.fullName, 'Asha Joshi')
  })
})

test.group('A process that does not answer', (group) => {
  let here: Process

  group.each.timeout(30_000)
  group.each.setup(async () => {
    await emptyDatabase()
    here = await anotherProcess()
    return () => here.stop()
  })

  const isSettled = (process: Process) => {
    const state = { settled: false }
    const settled = process.knowledge.settle().then(() => void (state.settled = true))
    return { state, settled }
  }

  test('is waited for until it can no longer rely on what it heard', async ({ assert }) => {
    const id = await stoppedProcess('0 s')
    const { state, settled } = isSettled(here)
    const { rows } = await db.rawQuery(`
      SELECT pg_sleep(1), clock_timestamp() - confirmed_at < interval '3 s' AS lasts FROM listeners`)
    assert.isTrue(rows[0].lasts)
    assert.isFalse(state.settled)
    await settled
    const over = await db.rawQuery(
      `SELECT clock_timestamp() - confirmed_at >= interval '3 s' AS is FROM listeners WHERE id = ?`,
      [id]
    )
    assert.isTrue(over.rows[0].is)
  })

  test('is not waited for when it is gone, or says that it leaves', async ({ assert }) => {
    await stoppedProcess('4 s')
    await here.knowledge.settle()
    const id = await stoppedProcess('0 s')
    const { state, settled } = isSettled(here)
    await db.rawQuery(`SELECT pg_sleep(0.2)`)
    assert.isFalse(state.settled)
    await leaves(id)
    await settled
    assert.isTrue(state.settled)
  })

  test('that acknowledges late is heard', async ({ assert }) => {
    const id = await stoppedProcess('0 s')
    const late = new pg.Client({ connectionString: env.get('DATABASE_URL') })
    await late.connect()
    await late.query('LISTEN fences')
    late.on('notification', ({ payload }) => {
      const [kind, sender, number] = payload!.split(' ')
      if (kind === 'fence') {
        void late.query(`SELECT pg_notify('fences', $1)`, [`heard ${sender} ${number} ${id}`])
      }
    })
    const began = await db.rawQuery('SELECT clock_timestamp() AS at')
    await here.knowledge.settle()
    const { rows } = await db.rawQuery(
      `SELECT confirmed_at + interval '3 s' > clock_timestamp() AS "isEarly" FROM listeners
       WHERE id = :id AND confirmed_at <= :began`,
      { id, began: began.rows[0].at }
    )
    assert.isTrue(rows[0].isEarly)
    await late.end()
  })
})
