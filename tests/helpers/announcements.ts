import type { RequestListener } from 'node:http'
import app from '@adonisjs/core/services/app'
import emitter from '@adonisjs/core/services/emitter'
import { Knowledge } from '#knowledge/knowledge'
import { Announcements } from '#replication/announcements'
import { withTimeout } from '#replication/with_timeout'
import { standbyFollows } from '#tests/helpers/standby'
import { createHttpServer } from '../../bin/http_server.js'

/** Longer than announcements take while they arrive. */
const PATIENCE = 100

/** Listens for what other processes change, like a server; returns a function that stops it. */
export async function hearAnnouncements() {
  const announcements = await app.container.make(Announcements)
  await announcements.start()
  return () => announcements.stop()
}

/** Waits until the server in this process has heard of what the test wrote without it. */
export async function announced() {
  const knowledge = await app.container.make(Knowledge)
  await knowledge.settle()
}

/** What announces nothing. */
const QUIET = /^\s*(SELECT|BEGIN|COMMIT|ROLLBACK|SET)\b/i

/**
 * A server that has heard of what a test wrote without it when a request of the test begins, while it can hear, and
 * whose standby shows it, while it follows.
 */
export function announcedServer(handle: RequestListener) {
  let hasWritten = false
  let isShown = true
  emitter.on('db:query', ({ sql }) => {
    if (QUIET.test(sql)) return
    hasWritten = true
    isShown = false
  })
  const server = createHttpServer(handle)
  const [listener] = server.listeners('request')
  server.removeAllListeners('request')
  return server.on('request', async (request, response) => {
    const { lease } = await app.container.make(Knowledge)
    if (hasWritten && lease.isHeld) {
      hasWritten = false
      await withTimeout(announced(), PATIENCE).catch(() => {})
    }
    if (!isShown) {
      isShown = true
      await standbyFollows().catch(() => {})
    }
    listener(request, response)
  })
}
