/*
 * The switch for messages about new orders while no page is open. The server knows whether this login has it on; the
 * browser, whether it still listens. Only both together are "on": a browser may have listened for another person. Where
 * it's brief, it says nothing of a browser that cannot.
 */
'use strict'
{
  const place = document.querySelector('[data-push]')
  const [turnOn, turnOff] = place.querySelectorAll('button')
  const said = place.querySelector('[role=status]')
  const { push: address, key, isOn, isBrief } = place.dataset
  const isSupported =
    'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

  function show(state, message = state) {
    place.hidden = false
    turnOn.hidden = state !== 'off'
    turnOff.hidden = state !== 'on'
    said.textContent = place.dataset[message]
  }

  const manager = async () => (await navigator.serviceWorker.ready).pushManager

  const { inBase64 } = subscriptionFields
  const hasOurKey = ({ options }) =>
    !options.applicationServerKey || inBase64(options.applicationServerKey) === key

  async function tell(method, body) {
    const answer = await fetch(address, { method, body, redirect: 'manual' })
    if (answer.status !== 204) throw new Error(`The server answered ${answer.status}`)
  }

  async function subscribe() {
    const pushes = await manager()
    const before = await pushes.getSubscription()
    if (before && !hasOurKey(before)) await before.unsubscribe()
    const subscription = await pushes.subscribe({
      userVisibleOnly: true,
      applicationServerKey: key,
    })
    await tell('PUT', new URLSearchParams(subscriptionFields.of(subscription, key)))
  }

  async function unsubscribe() {
    await tell('DELETE')
    const pushes = await manager()
    const subscription = await pushes.getSubscription()
    await subscription?.unsubscribe()
  }

  function obstacle() {
    if (!isSupported) return 'unsupported'
    return Notification.permission === 'denied' ? 'denied' : null
  }

  async function start() {
    if (obstacle()) return isBrief ? undefined : show(obstacle())
    show('off')
    if (!isOn || Notification.permission !== 'granted') return
    const pushes = await manager()
    const subscription = await pushes.getSubscription()
    if (!subscription) return
    if (!hasOurKey(subscription)) await subscribe()
    show('on')
  }

  async function press(button, other, action) {
    button.disabled = true
    try {
      await action()
      if (!other.hidden) other.focus()
    } catch {
      show(button === turnOn ? 'off' : 'on', 'failed')
    } finally {
      button.disabled = false
    }
  }

  turnOn.addEventListener('click', () =>
    press(turnOn, turnOff, async () => {
      const permission = await Notification.requestPermission()
      if (permission !== 'granted') return show(permission === 'denied' ? 'denied' : 'off')
      await subscribe()
      show('on')
    })
  )
  turnOff.addEventListener('click', () =>
    press(turnOff, turnOn, async () => {
      await unsubscribe()
      show('off')
    })
  )
  start().catch(() => show('off'))
}
