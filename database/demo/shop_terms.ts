import type { TaxScheme } from '#bills/tax_scheme'
import { readGstin } from '#numbers/gstin'
import type { DemoShop } from './generator.js'
import { Random } from './random.js'

/** What a demo shop states before the law. Its numbers have the right form and belong to nobody: no PAN begins `DEMPO`. */
export interface DemoTerms {
  fssaiNumber: string | null
  gstin: string | null
  taxScheme: TaxScheme | null
  legalName: string | null
  legalAddress: string | null
}

const STREAM = 7

/** Codes of the states in GSTINs. */
const CODES: Record<string, string> = {
  'Jammu and Kashmir': '01',
  'Himachal Pradesh': '02',
  'Punjab': '03',
  'Chandigarh': '04',
  'Uttarakhand': '05',
  'Haryana': '06',
  'Delhi': '07',
  'Rajasthan': '08',
  'Uttar Pradesh': '09',
  'Bihar': '10',
  'Assam': '18',
  'West Bengal': '19',
  'Jharkhand': '20',
  'Odisha': '21',
  'Chhattisgarh': '22',
  'Madhya Pradesh': '23',
  'Gujarat': '24',
  'Maharashtra': '27',
  'Karnataka': '29',
  'Goa': '30',
  'Kerala': '32',
  'Tamil Nadu': '33',
  'Telangana': '36',
  'Andhra Pradesh': '37',
}

const CHECK_DIGITS = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** The first shop is registered, so that its bills show the taxes; others differ, and a fifth has stated nothing. */
export function termsOf({ ordinal, state, street, ownerName }: DemoShop, seed: number): DemoTerms {
  const random = new Random(seed, STREAM, ordinal)
  const scheme = ordinal === 0 ? 'regular' : schemeOf(random.fraction())
  const isLicensed = ordinal === 0 || random.fraction() < 0.7
  const number = String(ordinal % 1_000_000).padStart(6, '0')
  const isRegistered = scheme === 'composition' || scheme === 'regular'
  return {
    fssaiNumber: isLicensed ? `2${CODES[state]}25999${number}` : null,
    gstin: isRegistered ? gstinOf(CODES[state], ordinal) : null,
    taxScheme: scheme,
    legalName: isRegistered ? ownerName : null,
    legalAddress: isRegistered ? street : null,
  }
}

function schemeOf(chance: number): TaxScheme | null {
  if (chance < 0.35) return 'unregistered'
  if (chance < 0.6) return 'composition'
  return chance < 0.8 ? 'regular' : null
}

function gstinOf(code: string, ordinal: number) {
  const start = `${code}DEMPO${String(ordinal % 10_000).padStart(4, '0')}X1Z`
  return CHECK_DIGITS.map((digit) => readGstin(start + digit)).find((gstin) => gstin !== null)!
}
