import { InvitationRefused } from '#exceptions/invitation_refused'
import { KhataRefused } from '#exceptions/khata_refused'

/** Why the khata did not allow it, as the key of a message; null when it did. Other errors pass. */
export async function khataRefusal(change: () => Promise<unknown>): Promise<string | null> {
  try {
    await change()
    return null
  } catch (error) {
    if (!(error instanceof KhataRefused || error instanceof InvitationRefused)) throw error
    return `khata.refused.${error.rule}`
  }
}
