import type User from '#models/user'
import { PASSWORD } from '#tests/helpers/factories'
import { Visitor } from '#tests/helpers/visitor'

/** A visitor who has logged in through the login page. */
export async function loggedIn(user: User, visitor = new Visitor()) {
  await visitor.visit('/login')
  const page = await visitor.submit('form[action*="/login"]', {
    username: user.username,
    password: PASSWORD,
  })
  if (page.status !== 200) throw new Error(`Login failed with ${page.status}`)
  return visitor
}
