import { test } from '@japa/runner'
import { decodeRecord, isSnapshot } from '#change_feed/debezium_decoder'
import { UndecodableRecord } from '#change_feed/undecodable_record'

const TOPIC = 'kirana.public.products'
const key = Buffer.from('{"shop_id":"s1","id":"p1"}')
const headers = { __op: 'u', __source_txId: '774', __source_ts_ms: '1795371930055' }

test.group('Debezium decoder', () => {
  test('reads the row from the key, and the transaction from the headers', ({ assert }) => {
    assert.deepEqual(decodeRecord(TOPIC, { key, headers }), {
      table: 'products',
      operation: 'update',
      key: { shop_id: 's1', id: 'p1' },
      keyBefore: null,
      transactionId: 774,
      committedAt: new Date(1_795_371_930_055),
    })
  })

  test('reads headers as they come over the wire', ({ assert }) => {
    const wired = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, Buffer.from(value)])
    )
    assert.equal(decodeRecord(TOPIC, { key, headers: wired }).transactionId, 774)
  })

  test('a tombstone is a delete that still names the shop', ({ assert }) => {
    const change = decodeRecord(TOPIC, { key, headers: { ...headers, __op: 'd' } })
    assert.equal(change.operation, 'delete')
    assert.equal(change.key.shop_id, 's1')
  })

  test('tells a snapshot from a change', ({ assert }) => {
    assert.isTrue(isSnapshot({ key, headers: { ...headers, __op: 'r' } }))
    assert.isFalse(isSnapshot({ key, headers }))
    assert.isFalse(isSnapshot({ key }))
  })

  test('refuses what the source connector does not write: {what}')
    .with([
      { what: 'no key', record: { key: null, headers } },
      { what: 'a key that is no JSON', record: { key: Buffer.from('{"id":'), headers } },
      { what: 'a key without an id', record: { key: Buffer.from('{"shop_id":"s1"}'), headers } },
      { what: 'no headers', record: { key } },
      { what: 'an unknown operation', record: { key, headers: { ...headers, __op: 'x' } } },
      { what: 'no transaction', record: { key, headers: { __op: 'u', __source_ts_ms: '1' } } },
      { what: 'no time', record: { key, headers: { __op: 'u', __source_txId: '1' } } },
    ])
    .run(({ assert }, { record }) => {
      assert.throws(() => decodeRecord(TOPIC, record), UndecodableRecord)
    })
})
