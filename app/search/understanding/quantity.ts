import { fold } from '#search/understanding/fold'

/** An amount in a query. */
export interface Quantity {
  /** In the base unit: grams, millilitres or pieces. */
  amount: number
  unit: 'g' | 'ml' | 'piece'
}

const UNITS: Record<string, { unit: Quantity['unit'] | 'rupee'; times: number }> = {}

const define = (unit: Quantity['unit'] | 'rupee', times: number, names: string) => {
  for (const name of fold(names).split(' ')) UNITS[name] = { unit, times }
}
define('g', 1000, 'kg kgs kilo kilos kilogram kilograms किलो किग्रा kilo किलोग्राम')
define('g', 1, 'g gm gms gram grams gr ग्राम ग्रा')
define('ml', 1000, 'l lt ltr ltrs litre litres liter liters leetar लीटर लिटर')
define('ml', 1, 'ml मिली मिलीलीटर एमएल')
define('g', 1000, 'কেজি কিলো કિલો કિગ્રા ਕਿਲੋ ਕਿੱਲੋ கிலோ கிகி కిలో కేజీ కిలోలు కేజీలు ಕಿಲೋ ಕೆಜಿ കിലോ')
define('g', 1, 'গ্রাম ગ્રામ ਗ੍ਰਾਮ கிராம் గ్రాములు గ్రాము ಗ್ರಾಂ ಗ್ರಾಮ್ ഗ്രാം')
define('ml', 1000, 'লিটার લિટર લીટર ਲੀਟਰ ਲਿਟਰ லிட்டர் లీటరు లీటర్ లీటర్లు ಲೀಟರ್ ലിറ്റർ')
define('ml', 1, 'মিলি મિલી ਮਿਲੀ மில்லி மிலி మిల్లీ ಮಿಲಿ മില്ലി')
define('piece', 12, 'ডজন ડઝન ਦਰਜਨ டஜன் డజను ಡಜನ್ ഡസൻ')
define('piece', 12, 'dozen dozens dozan darjan दर्जन')
define('piece', 1, 'pc pcs piece pieces packet packets pack pkt pkts pouch नग पीस पैकेट पैक')
define('rupee', 1, 'rs rupees rupee rupaye rupaya rupay rupe रुपये रुपए रुपया रुपय')

const NUMBERS: Record<string, number> = {}

const count = (value: number, names: string) => {
  for (const name of fold(names).split(' ')) NUMBERS[name] = value
}
count(0.25, 'pav paav pao quarter पाव')
count(0.5, 'half adha aadha adhaa aadhaa aadhi aadhe adhi adhe ardha आधा आधी आधे अर्धा আধা અડધો ਅੱਧਾ')
count(0.75, 'pauna paune पौना पौने')
count(1, 'ek one एक')
count(1.25, 'sava sawa सवा')
count(1.5, 'dedh ded डेढ़')
count(2, 'do two दो')
count(2.5, 'dhai dhaai adhai ढाई')
count(3, 'teen tin three तीन')
count(4, 'char chaar four चार')
count(5, 'panch paanch five पांच पाँच')
count(6, 'chhah six छह')
count(10, 'das ten दस')

count(0.25, 'கால் పావు ಕಾಲು കാൽ')
count(0.5, 'arai அரை అర ಅರ್ಧ അര')
count(1, 'oru ondu oka ஒரு ఒక ಒಂದು ഒരു')
count(2, 'rendu irandu eradu randu ரெண்டு இரண்டு రెండు ಎರಡು രണ്ട്')

const alternatives = (names: string[]) => names.sort((a, b) => b.length - a.length).join('|')
const WORD = '\\p{Alphabetic}\\p{M}0-9'
const NUMBER = `\\d{1,6}(?:[.,]\\d{1,3})?(?:\\s*[\\u2044/]\\s*\\d{1,2})?`
const AMOUNT = new RegExp(
  `(?<![${WORD}.])(?:(${NUMBER})\\s*|(${alternatives(Object.keys(NUMBERS))})\\s+)` +
    `(${alternatives(Object.keys(UNITS))})\\.?(?![${WORD}])`,
  'gu'
)
const PACK_OF = new RegExp(`(?<![${WORD}])pack\\s+of\\s+\\d{1,3}(?![${WORD}])`, 'gu')

/**
 * Extracts amounts with units from a folded text: `1kg atta`, `आधा किलो चीनी`, `10 rs wala biscuit`. A number
 * without a unit stays, because it may be part of a name: `5 star`, `7up`.
 */
export function takeQuantity(folded: string): { rest: string; quantity: Quantity | null } {
  let quantity: Quantity | null = null
  const rest = folded.replace(PACK_OF, ' ').replace(AMOUNT, (_, digits, word, name) => {
    const { unit, times } = UNITS[name]
    const amount = (word ? NUMBERS[word] : numberOf(digits)) * times
    if (unit !== 'rupee' && Number.isFinite(amount)) quantity ??= { amount, unit }
    return ' '
  })
  return { rest, quantity }
}

/** `500`, `2.5`, `1/2`. */
function numberOf(digits: string): number {
  const [numerator, denominator = '1'] = digits.replace(',', '.').split(/\s*[\u2044/]\s*/)
  return Number(numerator) / Number(denominator)
}
