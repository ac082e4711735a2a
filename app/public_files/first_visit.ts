import type { IncomingHttpHeaders } from 'node:http'

/** The headers that say where a visitor comes from. */
export const COMES_FROM = ['Sec-Fetch-Site', 'Service-Worker-Navigation-Preload']

/**
 * Whether a visitor may have none of our files yet: the page is opened from elsewhere, and not by our service worker.
 * A browser that does not say where it comes from counts as having them.
 */
export function isFirstVisit(headers: IncomingHttpHeaders) {
  const site = headers['sec-fetch-site']
  return Boolean(site) && site !== 'same-origin' && !headers['service-worker-navigation-preload']
}
