import { pinCodeIn } from '#numbers/pin_code'

/** States and territories by their code in GSTINs, named as the offline tool for GSTR-1 names them. */
export const STATES: Record<string, string> = {
  '01': 'Jammu & Kashmir',
  '02': 'Himachal Pradesh',
  '03': 'Punjab',
  '04': 'Chandigarh',
  '05': 'Uttarakhand',
  '06': 'Haryana',
  '07': 'Delhi',
  '08': 'Rajasthan',
  '09': 'Uttar Pradesh',
  '10': 'Bihar',
  '11': 'Sikkim',
  '12': 'Arunachal Pradesh',
  '13': 'Nagaland',
  '14': 'Manipur',
  '15': 'Mizoram',
  '16': 'Tripura',
  '17': 'Meghalaya',
  '18': 'Assam',
  '19': 'West Bengal',
  '20': 'Jharkhand',
  '21': 'Odisha',
  '22': 'Chhattisgarh',
  '23': 'Madhya Pradesh',
  '24': 'Gujarat',
  '26': 'Dadra & Nagar Haveli & Daman & Diu',
  '27': 'Maharashtra',
  '29': 'Karnataka',
  '30': 'Goa',
  '31': 'Lakshadweep',
  '32': 'Kerala',
  '33': 'Tamil Nadu',
  '34': 'Puducherry',
  '35': 'Andaman & Nicobar Islands',
  '36': 'Telangana',
  '37': 'Andhra Pradesh',
  '38': 'Ladakh',
  '97': 'Other Territory',
}

/** Territories without a legislature: the state's half is called UTGST there. */
export const UNION_TERRITORIES = ['04', '26', '31', '35', '38', '97']

/**
 * Ranges of the first three digits of PIN codes, with the states that have post offices there, the one with most of
 * them first. From India Post's All India Pincode Directory (data.gov.in); Telangana and Ladakh as they are since.
 */
const AREAS: [from: number, to: number, ...states: string[]][] = [
  [110, 110, '07'],
  [121, 136, '06'],
  [140, 140, '03', '04'],
  [141, 152, '03'],
  [160, 160, '04', '03'],
  [171, 177, '02'],
  [180, 193, '01'],
  [194, 194, '38'],
  [201, 243, '09'],
  [244, 244, '09', '05'],
  [245, 245, '09'],
  [246, 246, '05', '09'],
  [247, 247, '09', '05'],
  [248, 249, '05'],
  [250, 261, '09'],
  [262, 262, '05', '09'],
  [263, 263, '05'],
  [271, 285, '09'],
  [301, 345, '08'],
  [360, 361, '24'],
  [362, 362, '24', '26'],
  [363, 395, '24'],
  [396, 396, '24', '26'],
  [400, 402, '27'],
  [403, 403, '30'],
  [410, 445, '27'],
  [450, 488, '23'],
  [490, 497, '22'],
  [500, 506, '36'],
  [507, 507, '36', '37'],
  [508, 509, '36'],
  [515, 532, '37'],
  [533, 533, '37', '34'],
  [534, 535, '37'],
  [560, 591, '29'],
  [600, 604, '33'],
  [605, 605, '33', '34'],
  [606, 606, '33'],
  [607, 607, '33', '34'],
  [608, 608, '33'],
  [609, 609, '33', '34'],
  [610, 643, '33'],
  [670, 672, '32'],
  [673, 673, '32', '34'],
  [674, 681, '32'],
  [682, 682, '32', '31'],
  [683, 695, '32'],
  [700, 736, '19'],
  [737, 737, '11'],
  [741, 743, '19'],
  [744, 744, '35'],
  [751, 770, '21'],
  [781, 782, '18'],
  [783, 783, '18', '17'],
  [784, 788, '18'],
  [790, 792, '12'],
  [793, 794, '17'],
  [795, 795, '14'],
  [796, 796, '15'],
  [797, 798, '13'],
  [799, 799, '16'],
  [800, 812, '10'],
  [813, 813, '10', '20'],
  [814, 814, '20', '10'],
  [815, 816, '20'],
  [821, 821, '10'],
  [822, 822, '20'],
  [823, 824, '10'],
  [825, 835, '20'],
  [841, 855, '10'],
]

/** Where several states share the first three digits, the likely one if it is among them. Null when unknown. */
export function stateOfPin(pinCode: string | null, likely: string | null = null): string | null {
  const area = Number(pinCode?.slice(0, 3))
  const [, , ...states] = AREAS.find(([from, to]) => from <= area && area <= to) ?? [0, 0]
  return (likely && states.includes(likely) ? likely : states[0]) ?? null
}

/** The shop's, by its GSTIN, or by its PIN code while it has none. */
export function stateOfShop(gstin: string | null, pinCode: string | null): string | null {
  return gstin?.slice(0, 2) ?? stateOfPin(pinCode)
}

/**
 * Where goods are supplied to: where they are delivered, by the PIN code of the address, or the shop's state for
 * pick-up and addresses without a known PIN code (section 10 (1) (ca) of the IGST Act).
 */
export function placeOfSupply(address: string | null, shopState: string | null): string | null {
  return (address && stateOfPin(pinCodeIn(address), shopState)) || shopState
}
