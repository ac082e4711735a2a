import { dictionary } from '@zxcvbn-ts/language-common'

const MOST_COMMON = 10_000

/** The 10,000 most common passwords of zxcvbn's list. */
const common = new Set(dictionary['passwords-common'].slice(0, MOST_COMMON))

/** Whether it is a common password, ignoring case. */
export function isCommon(password: string) {
  return common.has(password.toLowerCase())
}
