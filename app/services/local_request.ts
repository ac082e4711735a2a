import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'

/** Headers with which a proxy, a tunnel or a CDN says that it passes on a request of another machine. */
const FORWARDED =
  /^(forwarded|via|client-ip|true-client-ip|cdn-loop|x-forwarded|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-|x-originating-ip|x-proxy|x-envoy-|x-appengine-|x-amzn-|x-azure-|cf-|fastly-|fly-|ngrok-|tailscale-)/

/** Whether the name or the address, with brackets or without, is this machine for itself. */
export function isLoopback(host: string) {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback'
}

/** Whether the URL leads nowhere but to this machine. */
export function isLoopbackUrl(url: string) {
  return URL.canParse(url) && isLoopback(new URL(url).hostname)
}

/**
 * Whether a program on this machine asks for itself. A proxy on this machine connects from here too, so nothing may
 * speak of another machine: no header of a proxy, no other name in `Host`, and no HTTP/1.0, which no browser
 * speaks any more, and older nginx does to what is behind it.
 */
export function isLocal({ socket, headers, httpVersion }: IncomingMessage) {
  return (
    isLoopback(socket.remoteAddress ?? '') &&
    isLoopbackUrl(`http://${headers.host ?? ''}`) &&
    httpVersion === '1.1' &&
    !Object.keys(headers).some((name) => FORWARDED.test(name))
  )
}
