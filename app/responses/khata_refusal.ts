import { InvitationRefused } from '#exceptions/invitation_refused'
import { KhataRefused } from '#exceptions/khata_refused'

/** Message key of the refusal, or null when it succeeded. Rethrows other errors. */
export async function khataRefusal(change: () => Promise<unknown>): Promise<string | null> {
  try {
    await change()
    return null
  } catch (error) {
    if (!(error instanceof KhataRefused || error instanceof InvitationRefused)) throw error
    return `khata.refused.${error.rule}`
  }
}
