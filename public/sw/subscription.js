/* A push subscription as the server is told of it: by pages, and by the service worker. */
const subscriptionFields = (() => {
  const inBase64 = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')

  const of = (subscription, key) => ({
    endpoint: subscription.endpoint,
    p256dh: inBase64(subscription.getKey('p256dh')),
    auth: inBase64(subscription.getKey('auth')),
    server_key: key,
  })

  return { inBase64, of }
})()
