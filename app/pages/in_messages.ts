import { LONGEST_LINK, whatsappLink } from '#pages/whatsapp_link'

/** The longest text that WhatsApp takes from programs too; its app takes 65,536 characters. */
export const LONGEST_MESSAGE = 4_096

interface Text {
  head: string
  groups: { title: string; lines: string[] }[]
  foot: string
}

/**
 * A list as texts of at most `LONGEST_MESSAGE` characters (UTF-16), each of which a link to WhatsApp can carry. Lines
 * stay whole and in their order; a group that goes on in the next text has its title again.
 */
export function inMessages({ head, groups, foot }: Text): string[] {
  const messages = [head]
  const add = (text: string, alone = text) => {
    const whole = messages.at(-1)! + text
    if (fits(whole)) messages[messages.length - 1] = whole
    else messages.push(alone.trimStart())
  }
  for (const { title, lines } of groups) {
    for (const [at, line] of lines.entries()) {
      const titled = `\n\n${title}\n${line}`
      add(at === 0 ? titled : `\n${line}`, titled)
    }
  }
  add(`\n\n${foot}`)
  return messages
}

function fits(text: string) {
  return text.length <= LONGEST_MESSAGE && whatsappLink(text).length <= LONGEST_LINK
}
