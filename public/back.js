/*
 * A page that comes back by Back or Forward is as it was left: its numbers are old, and its person may have logged
 * out. A person's page is put away hidden and comes from the server again; any other is brought up to date.
 * A page knows its person, or that it has none (''); an error's page may know neither, and says nothing.
 */
'use strict'
{
  const personOf = (page) => page.querySelector('[data-person]')?.dataset.person
  const person = personOf(document)

  /* In a browser where the person changed, other tabs show nothing more of the one before. */
  if (person !== undefined && window.BroadcastChannel) {
    const tabs = new BroadcastChannel('person')
    tabs.postMessage(person)
    if (person) tabs.onmessage = ({ data }) => data !== person && location.reload()
    else tabs.close()
  }

  /* Also from the cache of files, which browsers show on the way back without asking. */
  function isOld({ persisted }) {
    const [arrival] = performance.getEntriesByType('navigation')
    return persisted || (arrival?.type === 'back_forward' && !arrival.transferSize)
  }

  async function renew() {
    const answer = await fetch(location.href, { cache: 'no-cache' }).catch(() => null)
    if (answer?.redirected) return location.replace(answer.url)
    if (!answer?.ok) return
    const text = await answer.text()
    const now = new DOMParser().parseFromString(text, 'text/html')
    const isSame = personOf(now) === person && now.documentElement.lang === document.documentElement.lang
    if (!isSame) return location.reload()
    await htmx.swap({ text, target: document.body, sourceElement: document.body, swap: 'innerMorph' })
  }

  addEventListener('pagehide', ({ persisted }) => {
    if (persisted && person) document.documentElement.hidden = true
  })
  addEventListener('pageshow', (event) => {
    if (!isOld(event)) return
    if (person) location.reload()
    else renew()
  })
}
