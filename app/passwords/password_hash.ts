import pLimit from 'p-limit'
import hash from '@adonisjs/core/services/hash'
import { PasswordsBusy } from '#passwords/passwords_busy'

/** In place of a hash: no password opens the account. */
export const LOCKED = '$locked$'

const AT_ONCE = 2
const MOST_WAITING = 40

const turns = pLimit(AT_ONCE)

/** ज़ may be typed as one character or as two: both are the same password. */
const normalised = (password: string) => password.normalize('NFC')

/**
 * Hashes and checks passwords, two at a time so that logins leave processor time for the shop.
 *
 * @throws PasswordsBusy when too many wait already
 */
export const passwordHash = {
  make(password: string) {
    return inTurn(() => hash.make(normalised(password)))
  },

  /** Hashes made before passwords were normalised may be of what was typed, or of it without blanks around. */
  verify(hashed: string, password: string) {
    const spellings = this.isOutdated(hashed)
      ? new Set([normalised(password), password, password.trim()])
      : [normalised(password)]
    return inTurn(async () => {
      for (const spelling of spellings) if (await hash.verify(hashed, spelling)) return true
      return false
    })
  },

  /** Whether the hash was made with other settings than those of now. */
  isOutdated(hashed: string) {
    return hash.needsReHash(hashed)
  },
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (turns.pendingCount >= MOST_WAITING) throw new PasswordsBusy()
  return turns(work)
}
