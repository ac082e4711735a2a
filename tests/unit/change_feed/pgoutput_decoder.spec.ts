import { test } from '@japa/runner'
import type { Pgoutput } from 'pg-logical-replication'
import { PgoutputDecoder } from '#change_feed/pgoutput_decoder'

const relation = {
  tag: 'relation',
  relationOid: 1,
  schema: 'public',
  name: 'products',
  replicaIdentity: 'index',
  columns: [],
  keyColumns: ['shop_id', 'id'],
} satisfies Pgoutput.MessageRelation

const begin = {
  tag: 'begin',
  commitLsn: '0/10',
  commitTime: 1_700_000_000_000_000n,
  xid: 7,
} satisfies Pgoutput.MessageBegin

function decode(message: Pgoutput.Message) {
  const decoder = new PgoutputDecoder()
  decoder.decode(begin)
  return decoder.decode(message)
}

test.group('Pgoutput decoder', () => {
  test('names the row by its replica identity and the transaction it came in', ({ assert }) => {
    const row = { id: 'p1', shop_id: 's1', name: 'Besan', price_paise: 5200 }
    assert.deepEqual(decode({ tag: 'insert', relation, new: row }), [
      {
        table: 'products',
        operation: 'create',
        key: { id: 'p1', shop_id: 's1' },
        keyBefore: null,
        transactionId: 7,
        committedAt: new Date(1_700_000_000_000),
      },
    ])
  })

  test('keeps both identities of a row that moved', ({ assert }) => {
    const [change] = decode({
      tag: 'update',
      relation,
      key: { id: 'p1', shop_id: 's1' },
      old: null,
      new: { id: 'p1', shop_id: 's2' },
    })
    assert.deepEqual(change.key, { id: 'p1', shop_id: 's2' })
    assert.deepEqual(change.keyBefore, { id: 'p1', shop_id: 's1' })
  })

  test('a delete still says whose product it was', ({ assert }) => {
    const [change] = decode({
      tag: 'delete',
      relation,
      key: { id: 'p1', shop_id: 's1' },
      old: null,
    })
    assert.equal(change.operation, 'delete')
    assert.deepEqual(change.key, { id: 'p1', shop_id: 's1' })
  })

  test('a truncate names every table', ({ assert }) => {
    const changes = decode({
      tag: 'truncate',
      cascade: false,
      restartIdentity: false,
      relations: [relation, { ...relation, name: 'shops' }],
    })
    assert.deepEqual(
      changes.map(({ table, operation }) => [table, operation]),
      [
        ['products', 'truncate'],
        ['shops', 'truncate'],
      ]
    )
  })
})
