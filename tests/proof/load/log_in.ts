import type { Keeper } from '../market.js'
import type { Balancer } from './balancer.js'
import { FORM_BODY, type Browser } from './browser.js'

/** Logs a browser in through the login page. @throws Error when it is refused */
export async function logIn(
  balancer: Balancer,
  lane: number,
  browser: Browser,
  { username, password }: Pick<Keeper, 'username' | 'password'>
) {
  const page = await balancer.once(lane, { path: '/login', headers: browser.all })
  browser.keep(page)
  const answer = await balancer.once(lane, {
    method: 'POST',
    path: '/login',
    headers: { ...browser.all, ...FORM_BODY },
    body: new URLSearchParams({ username, password }).toString(),
  })
  browser.keep(answer)
  const isIn = [302, 303].includes(answer.status) && !/\r\nlocation: *\/login/i.test(answer.head)
  if (!isIn) throw new Error(`${username} cannot log in: ${answer.status}`)
}
