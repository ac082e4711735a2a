import type { RequestListener } from 'node:http'
import app from '@adonisjs/core/services/app'
import { Knowledge } from '#knowledge/knowledge'
import { Announcements } from '#replication/announcements'
import { withTimeout } from '#replication/with_timeout'
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

/** A server that has heard of what a test wrote without it when a request of the test begins, while it can hear. */
export function announcedServer(handle: RequestListener) {
  return createHttpServer(async (request, response) => {
    const { lease } = await app.container.make(Knowledge)
    if (lease.isHeld) await withTimeout(announced(), PATIENCE).catch(() => {})
    handle(request, response)
  })
}
