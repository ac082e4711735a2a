import { setTimeout as delay } from 'node:timers/promises'
import { NEW, type Market, type Stall } from './market.js'
import { caughtUp, pauseReplay, resumeReplay } from './replay.js'
import { replicaFailures } from '#metrics/metrics'
import type { Narrator, Scenario } from './scenario.js'
import { stoppedReplay } from './stopped_replay.js'
import { Watch } from './watch.js'

const ATTEMPTS = 5
/** Between attempts, in milliseconds: the server leaves a replica alone for a second that did not answer in time. */
const PAUSE = 1_500

/** How long the server may take to ask the replica, in milliseconds. */
const ASKED_WITHIN = 3_000

async function isReached(condition: () => boolean) {
  const end = performance.now() + ASKED_WITHIN
  while (!condition() && performance.now() < end) await delay(1)
  return condition()
}

/** Each time another customer, who knows nothing: both caches have to be right by themselves. */
function strangers(market: Market, stall: Stall) {
  return new Watch(() => market.newCustomer().open(stall), NEW)
}

/** Changes a price that both caches have stored, while the replica stands still. */
async function changedBehindReplica(market: Market, say: Narrator['say']) {
  const stall = await market.newStall()
  await market.newCustomer().open(stall)
  await pauseReplay(market.replica)
  say('replay is paused on the replica')
  const changes = await market.changePrice(stall)
  say('the owner sets ₹60, and both caches have heard of it')
  return { changes, answers: strangers(market, stall) }
}

async function replicaFollows({ primary, replica }: Market, say: Narrator['say']) {
  await resumeReplay(replica)
  await caughtUp(primary, replica)
  say('replay goes on, and the replica shows ₹60')
}

const lag: Scenario = {
  name: 'lag',
  title: 'a replica that lags',
  async play(market, { say, watch }) {
    const { answers } = await changedBehindReplica(market, say)
    await watch(answers, 3)
    await replicaFollows(market, say)
    await watch(answers, 2)
    return answers
  },
}

const failures = async () => (await replicaFailures.get()).values[0].value

/**
 * Lets a customer of both read the old price, and holds the answers back until both caches have heard of the new one.
 *
 * @returns whether the server still waited for its answer: after 500 ms it asks the primary instead
 */
async function readSlowly(market: Market, stall: Stall, say: Narrator['say']) {
  const { proxy } = market.server
  const before = await failures()
  proxy.hold(stall.name)
  const slow = market.newCustomer().open(stall)
  slow.catch(() => {})
  try {
    if (!(await isReached(() => proxy.held === 2))) return false
    say('a customer misses: the replica’s answer, ₹52, is on its way')
    await market.changePrice(stall)
    say('the owner sets ₹60, and both caches have heard of it')
  } finally {
    proxy.release()
    await slow
  }
  return (await failures()) === before
}

const slowReader: Scenario = {
  name: 'slow-reader',
  title: 'a slow reader',
  async play(market, { say, watch }) {
    let stall = await market.newStall()
    for (let attempt = 1; !(await readSlowly(market, stall, say)); attempt++) {
      if (attempt === ATTEMPTS) break
      say('that took too long on this busy machine: once more')
      await delay(PAUSE)
      stall = await market.newStall()
    }
    say('the answer arrives, and the page would be stored')
    const answers = strangers(market, stall)
    await watch(answers, 2)
    return answers
  },
}

const duplicate: Scenario = {
  name: 'duplicate',
  title: 'an event that comes twice',
  async play(market, { say, watch }) {
    const { answers, changes } = await changedBehindReplica(market, say)
    await watch(answers, 2)
    await market.deliverAgain(changes)
    say('the same event comes again, and the usual cache stores ₹52 again')
    await watch(answers, 1)
    await replicaFollows(market, say)
    await watch(answers, 1)
    return answers
  },
}

export const SCENARIOS = [lag, slowReader, duplicate, stoppedReplay]
