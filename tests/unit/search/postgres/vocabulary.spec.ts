import { test } from '@japa/runner'
import { Vocabulary } from '#search/postgres/vocabulary'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Read, Replication } from '#replication/replication'

interface Answer {
  horizon: string
  names: string[]
}

/** A server that gives these answers, one after the other. */
function server(answers: Answer[]) {
  const asked: unknown[][] = []
  const client = {
    knexRawQuery(_sql: string, bindings: unknown[]) {
      asked.push(bindings)
      const { horizon, names } = answers.shift()!
      const rows = names.map((name) => {
        return { horizon, kind: 'product', name, detail: '', length: 1, words: [name] }
      })
      const answer = { rows: rows.length > 0 ? rows : [{ horizon, kind: null }] }
      return Object.assign(Promise.resolve(answer), { options: async () => answer })
    },
  }
  return { asked, client: client as unknown as TransactionClientContract }
}

test.group('Vocabulary', () => {
  test('asks only for what it may not know', async ({ assert }) => {
    const vocabulary = new Vocabulary()
    const { asked, client } = server([
      { horizon: '100', names: ['atta'] },
      { horizon: '120', names: ['besan', 'atta'] },
      { horizon: '120', names: [] },
    ])
    for (let times = 0; times < 3; times++) await vocabulary.refresh(client)
    assert.deepEqual(asked, [['0'], ['100'], ['120']])
    assert.isTrue(vocabulary.has('product', 'atta') && vocabulary.has('product', 'besan'))
    assert.equal(vocabulary.names('product').count([{ word: 'atta' }]), 1)
  })

  test('does not go back when a server is behind', async ({ assert }) => {
    const vocabulary = new Vocabulary()
    const { asked, client } = server([
      { horizon: '1000', names: ['atta'] },
      { horizon: '900', names: [] },
      { horizon: '1000', names: [] },
    ])
    for (let times = 0; times < 3; times++) await vocabulary.refresh(client)
    assert.deepEqual(asked, [['0'], ['1000'], ['1000']])
  })

  test('learns all in pages, no page from a server that shows less than the first', async ({
    assert,
  }) => {
    const many = (from: number) => {
      return Array.from({ length: 5_000 }, (_, at) => `name${String(from + at).padStart(6, '0')}`)
    }
    const { asked, client } = server([
      { horizon: '100', names: many(0) },
      { horizon: '150', names: many(5_000) },
      { horizon: '160', names: ['zeera'] },
      { horizon: '170', names: [] },
    ])
    const demanded: unknown[] = []
    const replication = {
      async readAt(atLeast: unknown, read: Read<unknown>) {
        demanded.push(atLeast)
        return { value: await read(client), latest: BigInt(40 + demanded.length) }
      },
    } as unknown as Replication
    const vocabulary = new Vocabulary()
    await Promise.all([vocabulary.load(replication), vocabulary.load(replication)])
    await vocabulary.refresh(client)
    assert.deepEqual(demanded, [null, 41n, 41n])
    assert.deepEqual(asked, [
      ['', '', ''],
      ['product', 'name004999', ''],
      ['product', 'name009999', ''],
      ['100'],
    ])
    assert.isTrue(vocabulary.has('product', 'name007000') && vocabulary.has('product', 'zeera'))
  })
})
