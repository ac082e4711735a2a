/** Where a visitor is: the PIN code they gave, and their browser's position when it told it. */
export interface Place {
  pin: string
  /** To two decimals, about a kilometre. */
  latitude?: number
  longitude?: number
}
