import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { freeze, processesOf } from '#infra/frozen_processes'
import { NEW, type Market, type Stall } from './market.js'
import { caughtUp, replayed, written } from './replay.js'
import { LONGEST, type Scenario } from './scenario.js'
import { Watch } from './watch.js'

/** Deleting the files of dropped tables takes the replica a while, after it shows the commit that drops them. */
const DROPPED_TABLES = 1_000
/** Something else may write to the log just then; then the next stall is tried. */
const STALLS = 12
const ATTEMPTS = 5

/** A connection to each server. */
interface Connections {
  writer: pg.Client
  reader: pg.Client
}

/** Changes the price at every stall in a transaction that also drops tables, and leaves it open. */
async function beginChange(writer: pg.Client, stalls: Stall[]) {
  await writer.query('CREATE SCHEMA old')
  await writer.query(`DO $$ BEGIN FOR i IN 1..${DROPPED_TABLES} LOOP
    EXECUTE format('CREATE TABLE old.t%s ()', i);
  END LOOP; END $$`)
  await writer.query('BEGIN')
  await writer.query('DROP SCHEMA old CASCADE')
  const ids = stalls.map(({ id }) => id)
  await writer.query('UPDATE products SET price_paise = $1 WHERE id = ANY ($2)', [NEW, ids])
}

/** Has both caches read a list at the end of the log. Returns where that was. */
async function readAtEnd(market: Market, stalls: Stall[]) {
  for (const stall of stalls) {
    await caughtUp(market.primary, market.replica)
    const end = await written(market.primary)
    await market.newCustomer().open(stall)
    if ((await written(market.primary)) === end) return { stall, end }
  }
  return null
}

/**
 * Stops the replica while it shows a commit that it does not report yet. Both caches have a list from just before it,
 * and hear nothing for now.
 *
 * @returns the stall, and what lets everything go on; null when the moment was missed
 */
async function stopInCommit(market: Market, { writer, reader }: Connections) {
  const { primary, standby } = market.server.directories
  const stalls = []
  for (let count = 0; count < STALLS; count++) stalls.push(await market.newStall())
  await beginChange(writer, stalls)
  const [feeds, startup] = [
    processesOf(primary, 'walsender kirana'),
    processesOf(standby, 'startup'),
  ]
  const found = await readAtEnd(market, stalls)
  const wakeFeeds = freeze(feeds)
  const committed = writer.query('COMMIT')
  committed.catch(() => {})
  const { id } = found?.stall ?? stalls[0]
  while ((await priceOn(reader, id)) !== NEW) await delay(0)
  const wakeStartup = freeze(startup)
  await committed
  const goOn = () => {
    wakeStartup()
    wakeFeeds()
  }
  if (found && (await replayed(reader)) <= found.end) return { stall: found.stall, goOn }
  goOn()
  return null
}

async function priceOn(client: pg.Client, id: string): Promise<number> {
  const { rows } = await client.query('SELECT price_paise FROM products WHERE id = $1', [id])
  return rows[0].price_paise
}

async function stopInTime(market: Market, connections: Connections) {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const stopped = await stopInCommit(market, connections)
    if (stopped) return stopped
  }
  throw new Error(`The moment was missed ${ATTEMPTS} times: is the machine very busy?`)
}

/** The replica's startup process stops between making a commit visible and reporting its position. */
export const stoppedReplay: Scenario = {
  name: 'stopped-replay',
  title: 'replay stopped in a commit',
  async play(market, { say, watch }) {
    const [writer, reader] = [market.server.primaryUrl, market.server.replicaUrl].map(
      (connectionString) => new pg.Client({ connectionString, query_timeout: LONGEST })
    )
    for (const client of [writer, reader]) await client.on('error', () => {}).connect()
    try {
      const { stall, goOn } = await stopInTime(market, { writer, reader })
      say('the replica shows ₹60, and is stopped before it reports that')
      const heard = market.heardOf(stall)
      const customer = market.newCustomer()
      await customer.open(stall, 'product')
      say('a customer sees ₹60 at the product, then opens the shop’s list')
      const answers = new Watch(() => customer.open(stall), NEW)
      await watch(answers, 3)
      goOn()
      await heard
      say('everything goes on, and both caches hear of the change')
      await watch(answers, 1)
      return answers
    } finally {
      await Promise.all([writer.end(), reader.end()])
    }
  },
}
