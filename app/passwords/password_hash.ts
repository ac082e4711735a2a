import pLimit from 'p-limit'
import hash from '@adonisjs/core/services/hash'
import { processes } from '#config/processes'
import { PasswordsBusy } from '#passwords/passwords_busy'

/** Stored instead of a hash: no password matches. */
export const LOCKED = '$locked$'

/** Each process has its own queue. */
const AT_ONCE = processes === 1 ? 2 : 1
const MOST_WAITING = 40

const turns = pLimit(AT_ONCE)

/** ज़ can be typed as one character or two. */
const normalised = (password: string) => password.normalize('NFC')

/**
 * Hashes and verifies passwords, at most two at a time (with several processes: one in each) so that logins leave CPU for other requests.
 *
 * @throws PasswordsBusy when the queue is full
 */
export const passwordHash = {
  make(password: string) {
    return inTurn(() => hash.make(normalised(password)))
  },

  /** Hashes from before normalisation may be of the raw or the trimmed input. */
  verify(hashed: string, password: string) {
    const spellings = this.isOutdated(hashed)
      ? new Set([normalised(password), password, password.trim()])
      : [normalised(password)]
    return inTurn(async () => {
      for (const spelling of spellings) if (await hash.verify(hashed, spelling)) return true
      return false
    })
  },

  /** Whether the hash was made with other parameters than the current ones. */
  isOutdated(hashed: string) {
    return hash.needsReHash(hashed)
  },
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (turns.pendingCount >= MOST_WAITING) throw new PasswordsBusy()
  return turns(work)
}
