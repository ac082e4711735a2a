/** The longest text that WhatsApp takes from programs too; its app takes 65,536 characters. */
export const LONGEST_MESSAGE = 4_096

interface Text {
  head: string
  groups: { title: string; lines: string[] }[]
  foot: string
}

/**
 * A list as texts of at most so many characters (UTF-16). Lines stay whole and in their order; a group that goes on in
 * the next text has its title again.
 */
export function inMessages({ head, groups, foot }: Text, longest = LONGEST_MESSAGE): string[] {
  const messages = [head]
  const add = (text: string, alone = text) => {
    const whole = messages.at(-1)! + text
    if (whole.length <= longest) messages[messages.length - 1] = whole
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
