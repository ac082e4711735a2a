/** The sorting district of a PIN code: its first three digits. */
export function districtOf(pinCode: string) {
  return pinCode.slice(0, 3)
}
