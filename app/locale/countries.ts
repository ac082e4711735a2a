/** ISO 3166-1 alpha-2. */
export const COUNTRIES = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
  'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO ' +
  'FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE ' +
  'JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO ' +
  'MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW ' +
  'PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM ' +
  'TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ')

const HOME = 'IN'

const names = new Map<string, Intl.DisplayNames>()

/** What people call the country. */
export function countryName(locale: string, code: string): string {
  const known = names.get(locale) ?? new Intl.DisplayNames(locale, { type: 'region' })
  names.set(locale, known)
  return known.of(code)!
}

const lists = new Map<string, { value: string; label: string }[]>()

/** The countries for a field: India first, the others by name. */
export function countryChoices(locale: string) {
  const known = lists.get(locale) ?? choicesIn(locale)
  lists.set(locale, known)
  return known
}

function choicesIn(locale: string) {
  const { compare } = new Intl.Collator(locale)
  const rank = ({ value }: { value: string }) => Number(value !== HOME)
  return COUNTRIES.map((value) => ({ value, label: countryName(locale, value) })).sort(
    (one, other) => rank(one) - rank(other) || compare(one.label, other.label)
  )
}

const codes = new Map<string, string>()

/** The code of a country that is written as a code or by its name in English or Hindi; null for what is none. */
export function readCountry(text: string): string | null {
  if (codes.size === 0) {
    for (const code of COUNTRIES) {
      for (const name of [code, countryName('hi', code), countryName('en', code)]) {
        codes.set(keyOf(name), code)
      }
    }
  }
  return codes.get(keyOf(text)) ?? null
}

const keyOf = (name: string) => name.normalize('NFKC').trim().toLowerCase()
