import { dictionary } from '@zxcvbn-ts/language-common'

const MOST_COMMON = 10_000

/** The first 10,000 of zxcvbn's list, the most common first. */
const common = new Set(dictionary['passwords-common'].slice(0, MOST_COMMON))

/** Whether attackers try this password first, in capitals or not. */
export function isCommon(password: string) {
  return common.has(password.toLowerCase())
}
