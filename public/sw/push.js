/* Messages about new orders. They say nothing about the order: the board does. */
const push = (() => {
  async function show({ title, lang, tag, url }) {
    const icon = '/icons/180.png'
    await registration.showNotification(title, {
      ...{ lang, tag, icon, data: { url } },
      /* One notification for each shop, that rings again. */
      renotify: true,
    })
  }

  const pathOf = (url) => new URL(url, location.origin).pathname

  async function open(notification) {
    notification.close()
    const path = pathOf(notification.data.url)
    const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true })
    const board = pages.find(({ url }) => pathOf(url) === path)
    return board ? board.focus() : clients.openWindow(path)
  }

  /* Of the login that ends; the server forgets it too, also when it is not told by this browser. */
  async function end() {
    const subscription = await registration.pushManager?.getSubscription()
    await subscription?.unsubscribe()
    for (const notification of await registration.getNotifications()) notification.close()
  }

  /* The browser or its push service has replaced the subscription; the server knows the old one only. */
  async function renew({ oldSubscription, newSubscription }) {
    const options = (newSubscription ?? oldSubscription)?.options
    if (!options) return
    const subscription = newSubscription ?? (await registration.pushManager.subscribe(options))
    const key = subscriptionFields.inBase64(options.applicationServerKey)
    const fields = subscriptionFields.of(subscription, key)
    const body = new URLSearchParams({ ...fields, renewal: 'true' })
    await fetch('/account/push-subscription', { method: 'PUT', body, redirect: 'manual' })
  }

  return { show, open, end, renew }
})()

addEventListener('push', (event) => event.waitUntil(push.show(event.data.json())))
addEventListener('pushsubscriptionchange', (event) => event.waitUntil(push.renew(event)))
addEventListener('notificationclick', (event) => event.waitUntil(push.open(event.notification)))
