import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'
import { LRUCache } from 'lru-cache'

/** Headers with which proxies, tunnels and CDNs mark forwarded requests. */
const FORWARDED =
  /^(forwarded|via|client-ip|true-client-ip|cdn-loop|x-forwarded|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-|x-originating-ip|x-proxy|x-envoy-|x-appengine-|x-amzn-|x-azure-|cf-|fastly-|fly-|ngrok-|tailscale-)/

/** A server sees few different hosts, over and over. */
const known = new LRUCache<string, boolean>({
  max: 1_000,
  maxSize: 100_000,
  sizeCalculation: (_, key) => key.length + 1,
})

function once(what: string, text: string, find: (text: string) => boolean) {
  const key = `${what} ${text}`
  const before = known.get(key)
  if (before !== undefined) return before
  const found = find(text)
  known.set(key, found)
  return found
}

/** Whether the host name or address (with or without brackets) is loopback. */
export function isLoopback(host: string) {
  return once('host', host, findLoopback)
}

function findLoopback(host: string) {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback'
}

/** Whether the URL points to this machine only. */
export function isLoopbackUrl(url: string) {
  return once('url', url, () => URL.canParse(url) && isLoopback(new URL(url).hostname))
}

/**
 * Whether the request comes from this machine itself. A local proxy also connects from loopback, so the request
 * must not look forwarded: no proxy header, no other name in `Host`, and no HTTP/1.0, which browsers no longer use
 * but older nginx speaks to its upstream.
 */
export function isLocal({ socket, headers, httpVersion }: IncomingMessage) {
  return (
    isLoopback(socket.remoteAddress ?? '') &&
    isLoopbackUrl(`http://${headers.host ?? ''}`) &&
    httpVersion === '1.1' &&
    !Object.keys(headers).some((name) => FORWARDED.test(name))
  )
}
