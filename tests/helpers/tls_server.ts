import { createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'

/** Of a server that only tests know: nobody vouches for it, for the next hundred years. */
const KEY = `
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQglz4cIovTBtg2QEIk
3Y9QLYAJdGvoyjuJ/3RKDz5CNZahRANCAAR+lLJx0sJGcBbnXdFOSxRu5SYahcRs
jht0qRrGmC3TrRqDNSCFSEe681HBSi3JECLRWlq+AmAhbkfX/a+5m38L
-----END PRIVATE KEY-----
`
export const CERTIFICATE = `
-----BEGIN CERTIFICATE-----
MIIBszCCAVmgAwIBAgIUIAUfoEoVPmkRAi5FmSu9cbwTD5gwCgYIKoZIzj0EAwIw
IDEeMBwGA1UEAwwVQSBzZXJ2ZXIgb2YgdGhlIHRlc3RzMCAXDTI2MTEyODA2MDgw
OVoYDzIxMjYxMTA0MDYwODA5WjAgMR4wHAYDVQQDDBVBIHNlcnZlciBvZiB0aGUg
dGVzdHMwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR+lLJx0sJGcBbnXdFOSxRu
5SYahcRsjht0qRrGmC3TrRqDNSCFSEe681HBSi3JECLRWlq+AmAhbkfX/a+5m38L
o28wbTAdBgNVHQ4EFgQUsaSvnrQjp/aXOHcLBUwzqHAATNkwHwYDVR0jBBgwFoAU
saSvnrQjp/aXOHcLBUwzqHAATNkwDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzAR
gglsb2NhbGhvc3SHBH8AAAEwCgYIKoZIzj0EAwIDSAAwRQIgcQ9G6juN7xg1iqjq
H5AO+mmJ3af0Ohf0IKNTyZqCjeoCIQCq/zH+dPgnU74HAoTtXJG9ziHSLGHC4aKW
F6Zye+1tow==
-----END CERTIFICATE-----
`

/**
 * A server that speaks TLS and no more. PostgreSQL's clients ask for it in plain bytes before they begin.
 * Returns its port, and what was said to it after the handshake.
 */
export async function tlsServer({ asPostgres = false } = {}) {
  const heard: string[] = []
  const secured = createTlsServer({ key: KEY, cert: CERTIFICATE }, (secure) => {
    secure.on('error', () => {})
    secure.once('data', (said) => {
      heard.push(said.toString('latin1'))
      secure.destroy()
    })
  })
  secured.on('tlsClientError', () => {})
  const asked = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.pause()
      socket.write('S', () => secured.emit('connection', socket))
    })
  })
  const server = asPostgres ? asked : secured
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as { port: number }
  return { port, heard, close: () => server.close() }
}
