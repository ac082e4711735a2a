import type { Measure } from '#measures/goods'
import { fold } from '#text/fold'

/** Words as people type amounts, for the shop's fields and for search. Keys are folded. */
function byWord<Value>(...lines: [value: Value, words: string][]) {
  return new Map(
    lines.flatMap(([value, words]) =>
      fold(words)
        .split(' ')
        .map((word) => [word, value] as const)
    )
  )
}

export interface Unit {
  measure: Measure
  /** In base units. */
  size: number
}

const unit = (measure: Measure, size: number, words: string): [Unit, string] => {
  return [{ measure, size }, words]
}

export const UNITS = byWord<Unit>(
  unit('weight', 1000, 'kg kgs kilo kilos kilogram kilograms किलो किग्रा किलोग्राम'),
  unit('weight', 1000, 'কেজি কিলো કિલો કિગ્રા ਕਿਲੋ ਕਿੱਲੋ கிலோ கிகி కిలో కేజీ కిలోలు కేజీలు ಕಿಲೋ ಕೆಜಿ കിലോ'),
  unit('weight', 1, 'g gm gms gram grams gr ग्राम ग्रा'),
  unit('weight', 1, 'গ্রাম ગ્રામ ਗ੍ਰਾਮ கிராம் గ్రాములు గ్రాము ಗ್ರಾಂ ಗ್ರಾಮ್ ഗ്രാം'),
  unit('volume', 1000, 'l lt ltr ltrs litre litres liter liters leetar लीटर लिटर'),
  unit('volume', 1000, 'লিটার લિટર લીટર ਲੀਟਰ ਲਿਟਰ லிட்டர் లీటరు లీటర్ లీటర్లు ಲೀಟರ್ ലിറ്റർ'),
  unit('volume', 1, 'ml मिली मिलीलीटर एमएल মিলি મિલી ਮਿਲੀ மில்லி மிலி మిల్లీ ಮಿಲಿ മില്ലി'),
  unit('length', 100, 'm mtr mtrs metre metres meter meters मीटर'),
  unit('length', 1, 'cm cms सेमी'),
  unit('pieces', 12, 'dozen dozens dozan darjan दर्जन ডজন ડઝન ਦਰਜਨ டஜன் డజను ಡಜನ್ ഡസൻ'),
  unit('pieces', 1, 'pc pcs piece pieces नग पीस')
)

const QUARTER = 'pav paav pao पाव'

/** A quarter of a kilo when no unit follows. Also a bread, so search takes it for a number before a unit only. */
export const QUARTERS = byWord([0.25, QUARTER])

export const RUPEES = byWord([
  1,
  'rs re inr rupee rupees rupaye rupaya rupay rupe रु रू रुपये रुपए रुपया रुपय',
])

export const NUMBERS = byWord<number>(
  [0.25, `${QUARTER} quarter கால் పావు ಕಾಲು കാൽ`],
  [0.5, 'half adha aadha adhaa aadhaa aadhi aadhe adhi adhe ardha आधा आधी आधे अर्धा'],
  [0.5, 'আধা અડધો ਅੱਧਾ arai அரை అర ಅರ್ಧ അര'],
  [0.75, 'pauna paune pona पौना पौने पौन'],
  [1, 'ek one एक oru ondu oka ஒரு ఒక ಒಂದು ഒരു'],
  [1.25, 'sava sawa सवा'],
  [1.5, 'dedh ded डेढ़'],
  [2, 'do two दो rendu irandu eradu randu ரெண்டு இரண்டு రెండు ಎರಡು രണ്ട്'],
  [2.5, 'dhai dhaai adhai ढाई अढाई'],
  [3, 'teen tin three तीन'],
  [4, 'char chaar four चार'],
  [5, 'panch paanch five पांच पाँच'],
  [6, 'chhah chhe chhai six छह छः छे'],
  [7, 'saat seven सात'],
  [8, 'aath eight आठ'],
  [9, 'nau nine नौ'],
  [10, 'das ten दस'],
  [11, 'gyarah eleven ग्यारह'],
  [12, 'barah baarah twelve बारह'],
  [15, 'pandrah fifteen पंद्रह पन्द्रह'],
  [20, 'bees twenty बीस'],
  [25, 'pachis pachees पच्चीस'],
  [30, 'tees thirty तीस'],
  [35, 'paintis पैंतीस'],
  [40, 'chalis chaalis forty चालीस'],
  [45, 'paintalis पैंतालीस'],
  [50, 'pachas pachaas fifty पचास'],
  [60, 'sixty साठ'],
  [70, 'sattar seventy सत्तर'],
  [75, 'pachhattar pachattar पचहत्तर'],
  [80, 'assi eighty अस्सी'],
  [90, 'nabbe ninety नब्बे']
)

/** What the number before is multiplied by. */
export const SCALES = byWord<number>(
  [100, 'sau hundred सौ'],
  [1000, 'hazar hazaar hajar thousand हज़ार हजार']
)

/** What the next number is increased by: `sadhe teen` is 3.5, `paune do` 1.75. */
export const SHIFTS = byWord<number>(
  [-0.25, 'paune पौने'],
  [0.25, 'sava sawa सवा'],
  [0.5, 'sadhe saadhe sarhe saarhe साढ़े']
)
